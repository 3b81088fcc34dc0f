export function FieldFace() {
  return null;
}

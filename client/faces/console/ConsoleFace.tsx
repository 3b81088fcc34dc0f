export function ConsoleFace() {
  return null;
}

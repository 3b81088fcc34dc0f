export function WallFace() {
  return null;
}

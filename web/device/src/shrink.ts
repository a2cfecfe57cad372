/** Photos made small enough to send from a basement: at most 2000 pixels a side, as JPEG. */

const SIDE = 2000;
const SMALL = 1_200_000;

/** The size that fits into `SIDE`, with the same proportions. */
export function fitted(width: number, height: number, side = SIDE): [number, number] {
  const share = Math.min(1, side / Math.max(width, height));
  return [Math.max(1, Math.round(width * share)), Math.max(1, Math.round(height * share))];
}

/** The photo, smaller where it was large; as it is where the browser cannot draw it. */
export async function shrink(photo: File): Promise<Blob> {
  if (photo.size <= SMALL && /^image\/(jpeg|png|webp)$/.test(photo.type)) return photo;
  try {
    const picture = await createImageBitmap(photo, { imageOrientation: "from-image" });
    const [width, height] = fitted(picture.width, picture.height);
    const canvas = document.createElement("canvas");
    canvas.width = width;
    canvas.height = height;
    canvas.getContext("2d")?.drawImage(picture, 0, 0, width, height);
    picture.close();
    const small = await new Promise<Blob | null>((done) => canvas.toBlob(done, "image/jpeg", 0.86));
    return small && small.size > 0 ? small : photo;
  } catch {
    return photo;
  }
}

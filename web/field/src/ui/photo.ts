/** Photos made small enough to send from a basement: at most 1600 pixels a side, as JPEG. */

export const SIDE = 1600;
const SMALL = 500_000;

/** The size that fits into `side`, with the same proportions. */
export function fitted(width: number, height: number, side = SIDE): [number, number] {
  const share = Math.min(1, side / Math.max(width, height));
  return [Math.max(1, Math.round(width * share)), Math.max(1, Math.round(height * share))];
}

/** The photo, smaller where it was large; as it is where the browser cannot draw it. */
export async function shrink(photo: Blob): Promise<Blob> {
  try {
    const picture = await createImageBitmap(photo, { imageOrientation: "from-image" });
    const small = Math.max(picture.width, picture.height) <= SIDE && photo.size <= SMALL;
    if (small && /^image\/(jpeg|png|webp)$/.test(photo.type)) {
      picture.close();
      return photo;
    }
    const [width, height] = fitted(picture.width, picture.height);
    const canvas = document.createElement("canvas");
    canvas.width = width;
    canvas.height = height;
    canvas.getContext("2d")?.drawImage(picture, 0, 0, width, height);
    picture.close();
    const made = await new Promise<Blob | null>((done) => canvas.toBlob(done, "image/jpeg", 0.82));
    return made && made.size > 0 ? made : photo;
  } catch {
    return photo;
  }
}

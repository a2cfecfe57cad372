/** A photo or file in a message. */

import type { Attachment } from "../contract";
import { h } from "../dom";
import { icon } from "../icons";
import type { Surface } from "./surface";
import { troubleText } from "./trouble";

/** Pictures a browser shows without running anything in them. */
const PICTURES = /^image\/(jpeg|png|webp|gif|avif)$/;

export function attachmentView(attachment: Attachment, surface: Surface): HTMLElement {
  return PICTURES.test(attachment.media_type)
    ? pictureView(attachment, surface)
    : fileView(attachment, surface);
}

function pictureView(attachment: Attachment, surface: Surface): HTMLElement {
  const image = h("img", { alt: attachment.name, hidden: true });
  const name = h("span", { class: "file-name" }, attachment.name);
  const view = h(
    "button",
    {
      class: "picture",
      type: "button",
      "aria-label": surface.i18n.t("open_file", { name: attachment.name }),
      onclick: () => void openPicture(attachment, surface),
    },
    icon("photo"),
    name,
    image,
  );
  surface.chat.bytes(attachment).then(
    (blob) => {
      image.src = URL.createObjectURL(blob);
      image.onload = () => {
        URL.revokeObjectURL(image.src);
        image.hidden = false;
        view.classList.add("loaded");
      };
    },
    () => undefined, // the name stays; a tap tries again and tells why not
  );
  return view;
}

async function openPicture(attachment: Attachment, surface: Surface): Promise<void> {
  const page = window.open("", "_blank");
  try {
    // Typed by us, so that the page it opens in can only be a picture.
    const blob = new Blob([await surface.chat.bytes(attachment)], { type: attachment.media_type });
    const url = URL.createObjectURL(blob);
    if (page) page.location.href = url;
    setTimeout(() => URL.revokeObjectURL(url), 60_000);
  } catch (error) {
    page?.close();
    surface.complain(troubleText(error, surface.i18n));
  }
}

function fileView(attachment: Attachment, surface: Surface): HTMLElement {
  return h(
    "button",
    {
      class: "file",
      type: "button",
      "aria-label": surface.i18n.t("open_file", { name: attachment.name }),
      onclick: () => void download(attachment, surface),
    },
    icon("file"),
    h("span", { class: "file-name", dir: "auto" }, attachment.name),
    h("span", { class: "file-size" }, surface.i18n.size(attachment.size)),
  );
}

/** Saves rather than shows: a file shown here would run with the page's rights. */
async function download(attachment: Attachment, surface: Surface): Promise<void> {
  try {
    const url = URL.createObjectURL(await surface.chat.bytes(attachment));
    h("a", { href: url, download: attachment.name }).click();
    setTimeout(() => URL.revokeObjectURL(url), 60_000);
  } catch (error) {
    surface.complain(troubleText(error, surface.i18n));
  }
}

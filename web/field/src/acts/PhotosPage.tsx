import { useState } from "react";
import type { VisitFile } from "../api/visits";
import { useWords } from "../i18n/LanguageProvider";
import { Choice, TextInput } from "../ui/Field";
import { Sheet } from "../ui/Sheet";
import { PHOTO_KINDS } from "../visit/terms";
import { PhotoTaker } from "./PhotoTaker";
import { VisitActPage } from "./VisitActPage";

type Photo = VisitFile["photos"][number];

export default function PhotosPage() {
  const { t } = useWords();
  return <VisitActPage title={t("work.photos")} shows="photos">{(file) => <Photos file={file} />}</VisitActPage>;
}

function Photos({ file }: { file: VisitFile }) {
  const { t } = useWords();
  const [when, setWhen] = useState<string>(() => (file.photos.some((one) => one.when === "before") ? "after" : "before"));
  const [caption, setCaption] = useState("");
  const [large, setLarge] = useState<Photo | null>(null);
  return (
    <>
      <section className="card">
        <Choice
          label={t("photo.when")} inline value={when} onChange={setWhen}
          options={PHOTO_KINDS.map((one) => [one, t.label("photoKind", one)] as const)}
        />
        <TextInput label={t("photo.caption")} value={caption} onChange={setCaption} optional maxLength={300} />
        <PhotoTaker number={file.number} when={when} caption={caption} onAll={() => setCaption("")} />
      </section>
      {PHOTO_KINDS.map((kind) => (
        <PhotoGroup key={kind} kind={kind} photos={file.photos.filter((one) => one.when === kind)} onOpen={setLarge} />
      ))}
      {file.photos.length === 0 && <p className="quiet">{t("photo.none")}</p>}
      {large && (
        <Sheet title={large.caption || t.label("photoKind", large.when)} onClose={() => setLarge(null)}>
          <img className="photo-large" src={large.url} alt={large.caption || t.label("photoKind", large.when)} />
        </Sheet>
      )}
    </>
  );
}

function PhotoGroup({ kind, photos, onOpen }: { kind: string; photos: Photo[]; onOpen: (photo: Photo) => void }) {
  const { t, f } = useWords();
  if (photos.length === 0) return null;
  return (
    <section className="card">
      <h2>
        {t.label("photoKind", kind)} <span className="count quiet figures">{photos.length}</span>
      </h2>
      <ul className="photos">
        {photos.map((one, index) => (
          <li key={one.id}>
            <button type="button" onClick={() => onOpen(one)}>
              <img
                src={one.url} loading="lazy" width="120" height="120"
                alt={one.caption || t("photo.nth", { kind: t.label("photoKind", kind), n: index + 1 })}
              />
            </button>
            <small className="wrap">{one.caption || f.time(one.happened_at)}</small>
          </li>
        ))}
      </ul>
    </section>
  );
}

import { PlusOutlined } from "@ant-design/icons";
import { Button, Image, Tooltip } from "antd";
import { useState } from "react";
import type { ReactNode } from "react";
import { Link } from "react-router";
import type { VisitFile } from "../api/visits";
import { useWords } from "../i18n/LanguageProvider";
import { MoneyText } from "../ui/MoneyText";
import { Timeline } from "../ui/Timeline";
import { OpenAct } from "./acts/VisitActs";
import { verbsOf } from "./terms";
import type { Verb } from "./terms";

interface Props {
  file: VisitFile;
  mayWork: boolean;
}

/** What was written down on a visit, each part with the button that adds to it. */
export function VisitBook({ file, mayWork }: Props) {
  const { t } = useWords();
  const [verb, setVerb] = useState<Verb>();
  const open = mayWork ? verbsOf(file) : [];
  const add = (one: Verb) =>
    open.includes(one) && (
      <Button size="small" icon={<PlusOutlined />} onClick={() => setVerb(one)}>
        {t.label("visitAct", one)}
      </Button>
    );
  const begun = file.check_in !== null || file.state === "done";
  return (
    <>
      {!begun && <p className="quiet">{t("visit.notBegun")}</p>}
      {begun && (
        <>
          <Part title={t("visit.report")} act={add("report")}>
            {file.report ? <p className="plain">{file.report}</p> : <None />}
          </Part>
          <Part title={t("visit.labour")} act={add("labour")}>
            <Labour file={file} />
          </Part>
          <Part title={t("visit.readings")} act={add("readings")}>
            <Readings file={file} />
          </Part>
          <Part title={t("visit.parts")} act={add("parts")}>
            <Parts file={file} />
          </Part>
          <Part title={t("visit.photos")} act={add("photos")}>
            <Photos file={file} />
          </Part>
        </>
      )}
      <Part title={t("visit.log")}>
        <Log file={file} />
      </Part>
      {verb && <OpenAct verb={verb} file={file} close={() => setVerb(undefined)} />}
    </>
  );
}

function Part(props: { title: string; act?: ReactNode; children: ReactNode }) {
  return (
    <section className="book-part">
      <header>
        <h2>{props.title}</h2>
        {props.act}
      </header>
      {props.children}
    </section>
  );
}

function None() {
  const { t } = useWords();
  return <p className="quiet">{t("state.none")}</p>;
}

/** Marks what came in after the visit's end, or after the signature under it. */
function Late({ fact }: { fact: { late: boolean; after_signature: boolean } }) {
  const { t } = useWords();
  if (!fact.late && !fact.after_signature) return null;
  const text = t(fact.after_signature ? "visit.afterSignature" : "visit.late");
  return (
    <Tooltip title={text}>
      <span className="tag" data-audience="internal">
        {text}
      </span>
    </Tooltip>
  );
}

export function Labour({ file }: { file: VisitFile }) {
  const { t } = useWords();
  if (file.labour.length === 0) return <None />;
  return (
    <div className="scroll-x">
      <table className="book-table">
        <tbody>
          {file.labour.map((one) => (
            <tr key={one.id}>
              <th scope="row">{t.label("labourKind", one.kind)}</th>
              <td className="figures nowrap">{t("visit.minutesCount", { count: one.minutes })}</td>
              <td>
                {one.note} <Late fact={one} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

export function Readings({ file }: { file: VisitFile }) {
  const { t, f } = useWords();
  if (file.readings.length === 0) return <None />;
  const bound = (value: number | null) => (value === null ? "…" : f.number(value, 6));
  return (
    <div className="scroll-x">
      <table className="book-table">
        <tbody>
          {file.readings.map((one) => (
            <tr key={one.id}>
              <th scope="row">{one.name}</th>
              <td className="figures nowrap">
                {f.number(one.value, 6)} {one.unit}
              </td>
              <td className="figures quiet nowrap">
                {(one.low !== null || one.high !== null) && `${bound(one.low)} – ${bound(one.high)}`}
              </td>
              <td>
                {one.ok !== null && (
                  <span className={one.ok ? "reading-ok" : "reading-bad"}>
                    {t(one.ok ? "visit.readingOk" : "visit.readingBad")}
                  </span>
                )}{" "}
                <Late fact={one} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

export function Parts({ file }: { file: VisitFile }) {
  const { t } = useWords();
  if (file.parts.length === 0) return <None />;
  return (
    <div className="scroll-x">
      <table className="book-table">
        <thead>
          <tr>
            <th scope="col">{t("visit.part")}</th>
            <th scope="col">{t("visit.quantity")}</th>
            <th scope="col">{t("visit.fromPlace")}</th>
            <th scope="col">{t("visit.serials")}</th>
            <th scope="col">{t("visit.payer")}</th>
          </tr>
        </thead>
        <tbody>
          {file.parts.map((one) => (
            <tr key={one.id}>
              <td>
                <Link to={`/stock/parts/${encodeURIComponent(one.part)}`} className="figures">
                  {one.part}
                </Link>{" "}
                <Late fact={one} />
              </td>
              <td className="figures">{one.quantity}</td>
              <td>{[one.from, one.lot].filter(Boolean).join(" · ")}</td>
              <td className="figures">
                {[one.serial_out, one.serial_in].some(Boolean) &&
                  `${one.serial_out || "–"} → ${one.serial_in || "–"}`}
              </td>
              <td>
                {one.covered === null
                  ? t("visit.payerUnknown")
                  : one.covered
                    ? t.label("coverBy", one.covered_by)
                    : t("visit.payerCustomer")}{" "}
                <MoneyText money={one.price} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

export function Photos({ file }: { file: VisitFile }) {
  const { t } = useWords();
  if (file.photos.length === 0) return <None />;
  return (
    <Image.PreviewGroup>
      <ul className="photo-grid">
        {file.photos.map((one) => (
          <li key={one.id}>
            <Image src={one.url} alt={one.caption || t.label("photoKind", one.when)} />
            <span className="quiet">
              {[t.label("photoKind", one.when), one.caption].filter(Boolean).join(" · ")}
            </span>
          </li>
        ))}
      </ul>
    </Image.PreviewGroup>
  );
}

function Log({ file }: { file: VisitFile }) {
  const { t } = useWords();
  const entries = [...file.log].reverse().map((one) => ({
    key: String(one.seq),
    at: one.happened_at,
    kind: one.kind,
    title: t.label("visitLog", one.kind),
    body: one.text ? <p className="plain">{one.text}</p> : null,
  }));
  return <Timeline entries={entries} />;
}

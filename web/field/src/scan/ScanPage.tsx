import { useMutation } from "@tanstack/react-query";
import { Link, useNavigate } from "react-router";
import { useWords } from "../i18n/LanguageProvider";
import { spoken } from "../i18n/format";
import { Icon } from "../ui/Icon";
import { Page } from "../ui/Page";
import { Scanner } from "../ui/Scanner";
import { Note, Tag } from "../ui/States";
import { useFailureText } from "../ui/useFailureText";
import { PartFacts } from "./PartFacts";
import { resolve } from "./resolve";
import type { Resolved } from "./resolve";

/** Look something up by its label: a device, a part, a place in stock. */
export default function ScanPage() {
  const { t } = useWords();
  const navigate = useNavigate();
  const text = useFailureText();
  const look = useMutation({
    mutationFn: resolve, networkMode: "always",
    onSuccess: (result) => {
      if (result.kind === "device") void navigate(`/devices/${encodeURIComponent(result.serial)}`);
    },
  });
  return (
    <Page title={t("scan.title")}>
      <section className="card">
        <Scanner label={t("scan.type")} hint={t("scan.hint")} busy={look.isPending} onCode={look.mutate} />
      </section>
      {look.isError && (
        <Note tone="red" role="alert">
          {text(look.error)}
        </Note>
      )}
      {look.data && <Answer result={look.data} />}
    </Page>
  );
}

function Answer({ result }: { result: Resolved }) {
  const { t, language } = useWords();
  if (result.kind === "nothing") {
    return (
      <Note tone="amber" role="status">
        {t("scan.nothing")}
      </Note>
    );
  }
  if (result.kind === "part") return <PartFacts found={result.found} />;
  if (result.kind === "location") {
    return (
      <Note icon="van" role="status">
        {t("scan.location", { location: result.location })}
      </Note>
    );
  }
  if (result.kind !== "several") return null;
  return (
    <ul className="card rows" aria-label={t("scan.several")}>
      {result.devices.map((one) => (
        <li key={one.serial}>
          <Link className="row-link" to={`/devices/${encodeURIComponent(one.serial)}`}>
            <Icon name="device" small />
            <span className="row-main">
              <span className="strong figures wrap">{one.serial}</span>
              <br />
              <span className="quiet">{one.name || one.model}</span>
            </span>
            <Icon name="next" small />
          </Link>
        </li>
      ))}
      {result.parts.map((one) => (
        <li key={one.part}>
          <Icon name="part" small />
          <div className="row-main">
            <p className="strong figures">{one.part}</p>
            <p className="quiet">{spoken(one.names, language)}</p>
          </div>
          <Tag>{t("part.free", { count: one.free })}</Tag>
        </li>
      ))}
    </ul>
  );
}

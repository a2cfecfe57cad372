import { useMutation, useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useSearchParams } from "react-router";
import { parts, useBalances, useReserved, useVan } from "../api/stock";
import type { VisitFile } from "../api/visits";
import { useWords } from "../i18n/LanguageProvider";
import { spoken } from "../i18n/format";
import { resolve } from "../scan/resolve";
import { Icon } from "../ui/Icon";
import { Scanner } from "../ui/Scanner";
import { Note, Tag } from "../ui/States";
import { useFailureText } from "../ui/useFailureText";
import { UsePartSheet } from "./UsePartSheet";
import type { Picked } from "./UsePartSheet";
import { VisitActPage } from "./VisitActPage";

export default function PartsPage() {
  const { t } = useWords();
  return <VisitActPage title={t("work.parts")}>{(file) => <Parts file={file} />}</VisitActPage>;
}

function Parts({ file }: { file: VisitFile }) {
  const { t } = useWords();
  const [params, setParams] = useSearchParams();
  const asked = params.get("part");
  const [picked, setPicked] = useState<Picked | null>(
    asked ? { part: asked, quantity: Number(params.get("quantity")) || 1 } : null,
  );
  const text = useFailureText();
  const look = useMutation({
    mutationFn: resolve, networkMode: "always",
    onSuccess: (result) => {
      if (result.kind !== "part") return;
      const { part, lot, serial, quantity } = result.found;
      setPicked({ part: part ?? "", lot, serial, quantity: quantity ?? 1 });
    },
  });
  const close = () => {
    setPicked(null);
    if (asked) setParams({}, { replace: true });
  };
  const missed = look.data && look.data.kind !== "part" && !(look.data.kind === "several" && look.data.parts.length);
  return (
    <>
      <section className="card">
        <Scanner label={t("parts.type")} busy={look.isPending} onCode={look.mutate} />
        {look.isError && <Note tone="red" role="alert">{text(look.error)}</Note>}
        {missed && <Note tone="amber" role="status">{t("parts.unknown")}</Note>}
        {look.data?.kind === "several" && (
          <ul className="rows">
            {look.data.parts.map((one) => (
              <PartLine key={one.part} part={one.part} names={one.names} told={t("part.free", { count: one.free })} onPick={setPicked} />
            ))}
          </ul>
        )}
      </section>
      <UsedParts file={file} />
      <Kept file={file} onPick={setPicked} />
      <InVan onPick={setPicked} />
      {picked && <UsePartSheet key={picked.part} file={file} picked={picked} onClose={close} />}
    </>
  );
}

interface LineProps {
  part: string;
  names?: Record<string, string>;
  told: string;
  lot?: string;
  reservation?: string;
  quantity?: number;
  onPick: (picked: Picked) => void;
}

function PartLine({ part, names, told, lot, reservation, quantity, onPick }: LineProps) {
  const { language } = useWords();
  return (
    <li>
      <button
        type="button" className="row-link"
        onClick={() => onPick({ part, lot, reservation, quantity: quantity ?? 1 })}
      >
        <span className="row-main">
          <span className="strong figures wrap">{part}</span>
          <br />
          <span className="quiet wrap">{[spoken(names, language), lot].filter(Boolean).join(" · ")}</span>
        </span>
        <Tag tone="green">{told}</Tag>
        <Icon name="plus" small />
      </button>
    </li>
  );
}

function UsedParts({ file }: { file: VisitFile }) {
  const { t, f } = useWords();
  if (file.parts.length === 0) return null;
  return (
    <section className="card">
      <h2>{t("parts.used")}</h2>
      <ul className="rows">
        {file.parts.map((one) => (
          <li key={one.id}>
            <div className="row-main">
              <p className="strong figures wrap">
                {one.part} × {one.quantity}
              </p>
              <p className="quiet wrap">
                {[one.serial_out && `${one.serial_out} → ${one.serial_in}`, one.lot, one.from].filter(Boolean).join(" · ")}
              </p>
            </div>
            {one.discrepancy > 0 && <Tag tone="amber">{t("parts.discrepancy")}</Tag>}
            {one.covered === null ? null : one.covered ? (
              <Tag tone="green">{t.label("payer", one.covered_by)}</Tag>
            ) : (
              <Tag tone="amber">{one.price ? f.money(one.price) : t("pays.short")}</Tag>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Kept({ file, onPick }: { file: VisitFile; onPick: (picked: Picked) => void }) {
  const { t } = useWords();
  const van = useVan().data?.code;
  const kept = useReserved(file.number, file.ticket).data?.filter((one) => one.location === van) ?? [];
  if (kept.length === 0) return null;
  return (
    <section className="card">
      <h2>{t("parts.kept")}</h2>
      <ul className="rows">
        {kept.map((one) => (
          <PartLine
            key={one.id} part={one.part} lot={one.lot} reservation={one.id} onPick={onPick}
            quantity={one.quantity - one.consumed} told={`× ${one.quantity - one.consumed}`}
          />
        ))}
      </ul>
    </section>
  );
}

const MANY = 8;

/** What lies in one's own van, with a filter once it is a lot. */
function InVan({ onPick }: { onPick: (picked: Picked) => void }) {
  const { t, language } = useWords();
  const van = useVan();
  const held = useBalances(van.data?.code);
  const [q, setQ] = useState("");
  const fits = (held.data ?? []).filter((one) => {
    const words = `${one.part} ${spoken(one.part_names, language)} ${one.lot}`.toLowerCase();
    return one.condition === "good" && one.on_hand > 0 && words.includes(q.trim().toLowerCase());
  });
  if (van.data === null) return <Note tone="amber">{t("van.none")}</Note>;
  return (
    <section className="card">
      <h2>
        <Icon name="van" small />
        {t("parts.inVan")}
      </h2>
      {(held.data?.length ?? 0) > MANY && (
        <input
          className="input" type="search" aria-label={t("act.search")} placeholder={t("act.search")} value={q}
          onChange={(event) => setQ(event.target.value)}
        />
      )}
      <ul className="rows">
        {fits.map((one) => (
          <PartLine
            key={`${one.part}${one.lot}`} part={one.part} names={one.part_names} lot={one.lot}
            told={t("part.onHand", { count: one.on_hand })} onPick={onPick}
          />
        ))}
      </ul>
      {held.data && fits.length === 0 && <p className="quiet">{t("parts.vanEmpty")}</p>}
      {q.trim().length > 1 && <Elsewhere q={q.trim()} onPick={onPick} />}
    </section>
  );
}

/** Parts that are not in the van; they are asked for, or booked from where they were taken. */
function Elsewhere({ q, onPick }: { q: string; onPick: (picked: Picked) => void }) {
  const { t } = useWords();
  const [late, setLate] = useState(q);
  useEffect(() => {
    const timer = setTimeout(() => setLate(q), 300);
    return () => clearTimeout(timer);
  }, [q]);
  const found = useQuery({ queryKey: ["stock", "parts", late], queryFn: () => parts(late) });
  if (!found.data?.items.length) return null;
  return (
    <>
      <h3>{t("parts.elsewhere")}</h3>
      <ul className="rows">
        {found.data.items.map((one) => (
          <PartLine key={one.part} part={one.part} names={one.names} told={t("part.free", { count: one.free })} onPick={onPick} />
        ))}
      </ul>
    </>
  );
}

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { get } from "../api/client";
import { partFile, useVan } from "../api/stock";
import { useDevice, visitKey, visitPath } from "../api/visits";
import type { DeviceFile, Entitlement, VisitFile } from "../api/visits";
import { useAct } from "../commands/useAct";
import { useWords } from "../i18n/LanguageProvider";
import { spoken } from "../i18n/format";
import { Button } from "../ui/Button";
import { Check, Refusal, Select, Stepper, TextInput } from "../ui/Field";
import { Sheet } from "../ui/Sheet";
import { Note, Spinner } from "../ui/States";
import { useToast } from "../ui/Toast";
import { useFailureText } from "../ui/useFailureText";

export interface Picked {
  part: string;
  quantity: number;
  lot?: string;
  serial?: string;
  reservation?: string;
}

interface Props {
  file: VisitFile;
  picked: Picked;
  onClose: () => void;
}

type Node = DeviceFile["components"][number];

/** The fitted components that are this part, also those inside others. */
export function fittedOf(nodes: readonly Node[], part: string): Node[] {
  return nodes.flatMap((one) => [...(one.part === part ? [one] : []), ...fittedOf(one.children ?? [], part)]);
}

/** A part into the device: how many, from where, which serial went out and which came in. */
export function UsePartSheet({ file, picked, onClose }: Props) {
  const { t, language } = useWords();
  const { say } = useToast();
  const text = useFailureText();
  const van = useVan().data;
  const known = useQuery({ queryKey: ["stock", "part", picked.part], queryFn: () => partFile(picked.part) });
  const device = useDevice(file.serial || undefined).data;
  const fitted = device ? fittedOf(device.components, picked.part) : [];
  const [quantity, setQuantity] = useState(picked.quantity);
  const [from, setFrom] = useState("");
  const [lot, setLot] = useState(picked.lot ?? "");
  const [serialIn, setSerialIn] = useState(picked.serial ?? "");
  const [place, setPlace] = useState("");
  const [serialOut, setSerialOut] = useState<string | null>(null);
  const [reason, setReason] = useState("");
  const [anyway, setAnyway] = useState(false);
  const { act, busy, problem } = useAct();

  const part = known.data?.part;
  const meant = fitted.find((one) => one.id === place) ?? (fitted.length === 1 ? fitted[0] : undefined);
  const out = serialOut ?? meant?.serial ?? "";
  const bySerial = part?.tracking === "serial";
  const one = bySerial || serialIn !== "" || out !== "";
  const here = (known.data?.balances ?? []).filter((row) => row.on_hand > 0 && row.condition === "good");
  const places = [...new Set(here.map((row) => row.location))].filter((code) => code !== van?.code);
  const source = from || van?.code || "";
  const lots = here.filter((row) => row.location === source && row.lot);
  const short = here.filter((row) => row.location === source).reduce((sum, row) => sum + row.on_hand, 0) < quantity;

  const submit = async () => {
    const body = {
      part: picked.part, quantity: one ? 1 : quantity, lot, serial_in: serialIn.trim(), serial_out: out.trim(),
      reason: reason.trim(), accept_discrepancy: anyway,
      ...(from ? { from } : {}),
      ...(meant && one ? { component_id: meant.id } : {}),
      ...(picked.reservation ? { reservation_id: picked.reservation } : {}),
    };
    const outcome = await act(
      {
        kind: "parts", summary: `${picked.part} × ${body.quantity}`, subject: file.number,
        path: visitPath(file.number, "/parts"), body,
      },
      [visitKey(file.number), ["stock"], ["device", file.serial]],
    );
    if (!outcome || outcome.state === "refused") return;
    if (outcome.state === "done") say(t("parts.done", { part: picked.part }), "green");
    onClose();
  };

  return (
    <Sheet title={t("parts.use", { part: picked.part })} onClose={onClose}>
      {known.isPending && <Spinner />}
      {known.isError && <Note tone="red" role="alert">{text(known.error)}</Note>}
      {part && (
        <form
          className="form"
          onSubmit={(event) => {
            event.preventDefault();
            void submit();
          }}
        >
          <p>{spoken(part.names, language)}</p>
          {!one && <Stepper label={t("parts.quantity")} value={quantity} onChange={setQuantity} />}
          <Select
            label={t("parts.from")} value={from} onChange={setFrom}
            options={[["", van ? t("parts.fromVan", { van: van.name || van.code }) : t("parts.choose")], ...places.map((code) => [code, code] as const)]}
          />
          {lots.length > 0 && (
            <Select
              label={t("part.lot")} value={lot} onChange={setLot}
              options={[["", t("parts.firstExpiring")], ...lots.map((row) => [row.lot, `${row.lot} · ${row.on_hand}`] as const)]}
            />
          )}
          {fitted.length > 1 && (
            <Select
              label={t("parts.component")} value={place} onChange={setPlace}
              options={[["", t("parts.choose")], ...fitted.map((node) => [node.id, [node.position, node.serial].filter(Boolean).join(" · ")] as const)]}
            />
          )}
          {file.serial && (
            <div className="pair">
              <TextInput label={t("parts.serialOut")} value={out} onChange={setSerialOut} optional autoComplete="off" maxLength={80} />
              <TextInput
                label={t("parts.serialIn")} value={serialIn} onChange={setSerialIn} optional={!bySerial} required={bySerial}
                autoComplete="off" maxLength={80}
              />
            </div>
          )}
          {one && <TextInput label={t("parts.reason")} value={reason} onChange={setReason} optional maxLength={500} />}
          <WhoPays serial={file.serial} part={picked.part} quantity={one ? 1 : quantity} />
          {(short || problem?.code === "stock_shortage") && (
            <Check label={t("parts.anyway")} checked={anyway} onChange={setAnyway} />
          )}
          <Refusal problem={problem} />
          <Button type="submit" size="big" wide icon="check" busy={busy}>
            {t("parts.submit")}
          </Button>
        </form>
      )}
    </Sheet>
  );
}

/** Who pays for the part, before it is used. */
function WhoPays({ serial, part, quantity }: { serial: string; part: string; quantity: number }) {
  const { t, f } = useWords();
  const found = useQuery({
    queryKey: ["entitlement", serial, part, quantity],
    queryFn: () => get<Entitlement>("/v1/entitlement", { serial, kind: "parts", part, quantity }),
    enabled: !!serial,
    staleTime: 300_000,
  });
  if (!found.data) return null;
  const { covered, by, share, price } = found.data;
  return (
    <Note tone={covered && share >= 100 ? "green" : "amber"} icon="flag" role="note">
      {covered ? t("pays.borne", { by: t.label("payer", by), share }) : t("pays.customer")}
      {price && Number(price.amount) > 0 && ` · ${f.money(price)}`}
    </Note>
  );
}

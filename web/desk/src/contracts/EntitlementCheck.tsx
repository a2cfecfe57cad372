import { useQuery } from "@tanstack/react-query";
import { Input, InputNumber, Select, Skeleton } from "antd";
import { useState } from "react";
import { entitlement } from "../api/contracts";
import { findDevices } from "../api/lookups";
import { useWords } from "../i18n/LanguageProvider";
import { ErrorState } from "../ui/ErrorState";
import { Lookup } from "../ui/Lookup";
import { useDebounced } from "../ui/useDebounced";
import { CoverVerdict } from "./CoverVerdict";
import { COVERAGES, dayAfter } from "./terms";

/** “Who pays for this?”: a device, a kind of service or a part, a day; answered with reasons. */
export function EntitlementCheck({ serials }: { serials: string[] }) {
  const { t } = useWords();
  const [serial, setSerial] = useState(serials[0]);
  const [kind, setKind] = useState<string>("labour");
  const [part, setPart] = useState("");
  const [quantity, setQuantity] = useState(1);
  const [on, setOn] = useState(dayAfter(0));
  const withPart = kind === "parts" || kind === "consumables";
  const question = useDebounced({
    serial: serial ?? "",
    kind,
    on,
    ...(withPart && part.trim() && { part: part.trim(), quantity }),
  });
  const answer = useQuery({
    queryKey: ["entitlement", "check", question],
    queryFn: ({ signal }) => entitlement(question, signal),
    enabled: !!question.serial && !!question.on,
  });
  const fromHere = (q: string, signal: AbortSignal) =>
    q || serials.length === 0
      ? findDevices(q, signal)
      : Promise.resolve(serials.map((value) => ({ value, label: value })));
  return (
    <div className="check">
      <Lookup
        kind={`check-${serials.length}`}
        find={fromHere}
        value={serial}
        onChange={setSerial}
        label={t("ticket.device")}
        placeholder={t("devices.search")}
      />
      <div className="form-two">
        <Select
          value={kind}
          aria-label={t("contract.what")}
          options={COVERAGES.map((value) => ({ value, label: t.label("coverage", value) }))}
          onChange={setKind}
        />
        <Input
          type="date"
          value={on}
          aria-label={t("contract.onDay")}
          onChange={(event) => setOn(event.target.value)}
        />
      </div>
      {withPart && (
        <div className="form-two">
          <Input
            value={part}
            maxLength={60}
            aria-label={t("visit.part")}
            placeholder={t("visit.part")}
            onChange={(event) => setPart(event.target.value)}
          />
          <InputNumber
            min={1}
            max={10_000}
            precision={0}
            value={quantity}
            aria-label={t("visit.quantity")}
            onChange={(value) => setQuantity(value ?? 1)}
          />
        </div>
      )}
      {!serial && <p className="quiet">{t("contract.pickDevice")}</p>}
      {serial && answer.isPending && <Skeleton active title={false} paragraph={{ rows: 3 }} />}
      {answer.isError && <ErrorState error={answer.error} retry={() => answer.refetch()} />}
      {answer.data && <CoverVerdict answer={answer.data} />}
    </div>
  );
}

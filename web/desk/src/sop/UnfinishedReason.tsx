import { Form } from "antd";
import { useQuery } from "@tanstack/react-query";
import { useMay } from "../app/session";
import { useWords } from "../i18n/LanguageProvider";
import { TextField } from "../visits/acts/fields";
import { runsOfVisit } from "./api";
import { isOpen } from "./terms";

/** In the form that ends a visit: why required standard work on it stays open, where some does. */
export function UnfinishedReason({ number }: { number: string }) {
  const { t, language } = useWords();
  const mayRead = useMay("sop:read");
  const result = Form.useWatch("result") as string | undefined;
  const found = useQuery({
    queryKey: ["visits", number, "sop-runs", language],
    queryFn: () => runsOfVisit(number, language),
    enabled: mayRead,
  });
  const open = (found.data?.items ?? []).filter((one) => one.required && isOpen(one));
  if (open.length === 0 || result === "no_access" || result === "cancelled_on_site") return null;
  return (
    <>
      <p className="quiet">
        {t("sop.unfinishedHint")}: {open.map((one) => one.title).join(" · ")}
      </p>
      <TextField name="unfinished_reason" label={t("sop.unfinishedReason")} rows={2} max={1000} />
    </>
  );
}

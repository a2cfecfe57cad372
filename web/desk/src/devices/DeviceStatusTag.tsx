import { useWords } from "../i18n/LanguageProvider";

/** Where a device stands in its life. */
export function DeviceStatusTag({ status }: { status: string | undefined }) {
  const { t } = useWords();
  if (!status) return null;
  return (
    <span className="tag" data-device-status={status}>
      {t.label("deviceStatus", status)}
    </span>
  );
}

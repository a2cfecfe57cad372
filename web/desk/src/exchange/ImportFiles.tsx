import { DeleteOutlined, InboxOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { Alert, Button, Input } from "antd";
import { useRef, useState } from "react";
import { exchangeForms } from "../api/exchange";
import type { ImportOptions } from "../api/exchange";
import { useWords } from "../i18n/LanguageProvider";
import { DropFiles } from "../knowledge/files/DropFiles";
import { useStored } from "../ui/useStored";
import { sorted } from "./wizard";

const OPTIONS: ImportOptions = { time_zone: "", country: "", currency: "" };
const SUFFIXES = [".csv", ".xlsx", ".zip"];

interface Props {
  busy: boolean;
  /** Files that were chosen before, so that a failed check need not be dropped again. */
  kept: File[];
  onCheck: (files: File[], options: ImportOptions) => void;
}

/** The files of an import and what they leave unsaid. */
export function ImportFiles({ busy, kept, onCheck }: Props) {
  const { t, f } = useWords();
  const [files, setFiles] = useState<File[]>(kept);
  const [other, setOther] = useState<string[]>([]);
  const [options, setOptions] = useStored<ImportOptions>("import.options", OPTIONS);
  const input = useRef<HTMLInputElement>(null);
  const forms = useQuery({ queryKey: ["exchange", "forms"], queryFn: exchangeForms, staleTime: Infinity });
  const suffixes = forms.data?.delivery_suffixes ?? SUFFIXES;
  const add = (more: File[]) => {
    const { read, other: unread } = sorted(more, suffixes);
    setOther(unread);
    setFiles([...files.filter((one) => !read.some(({ name }) => name === one.name)), ...read]);
  };
  const option = (name: keyof ImportOptions) => (
    <label className="labelled">
      <span>{t.label("importOption", name)}</span>
      <Input
        value={options[name]}
        maxLength={60}
        placeholder={t.label("importExample", name)}
        onChange={(event) => setOptions({ ...options, [name]: event.target.value })}
      />
    </label>
  );
  return (
    <DropFiles disabled={busy} onFiles={add}>
      <button type="button" className="drop-zone" onClick={() => input.current?.click()}>
        <InboxOutlined />
        <strong>{t("exchange.drop")}</strong>
        <span className="quiet">{t("exchange.dropHint", { suffixes: suffixes.join(", ") })}</span>
      </button>
      <input
        ref={input}
        hidden
        multiple
        type="file"
        accept={suffixes.join(",")}
        onChange={(event) => {
          add([...(event.target.files ?? [])]);
          event.target.value = "";
        }}
      />
      {other.length > 0 && <Alert type="warning" showIcon title={t("exchange.notRead", { names: other.join(", ") })} />}
      <ul className="import-files">
        {files.map((one) => (
          <li key={one.name}>
            <span>{one.name}</span>
            <span className="quiet">{f.bytes(one.size)}</span>
            <Button
              type="text"
              size="small"
              icon={<DeleteOutlined />}
              aria-label={t("act.remove", { name: one.name })}
              onClick={() => setFiles(files.filter((kept) => kept !== one))}
            />
          </li>
        ))}
      </ul>
      <div className="form-three">
        {option("time_zone")}
        {option("country")}
        {option("currency")}
      </div>
      <div className="form-acts wizard-acts">
        <Button
          type="primary"
          disabled={files.length === 0}
          loading={busy}
          onClick={() =>
            onCheck(files, {
              time_zone: options.time_zone.trim(),
              country: options.country.trim(),
              currency: options.currency.trim(),
            })
          }
        >
          {t("exchange.check")}
        </Button>
      </div>
    </DropFiles>
  );
}

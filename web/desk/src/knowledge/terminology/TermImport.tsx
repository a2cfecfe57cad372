import { UploadOutlined } from "@ant-design/icons";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { App, Button, Modal } from "antd";
import { useRef, useState } from "react";
import { importTerms } from "../../api/knowledgeTerms";
import type { TermImportReport } from "../../api/knowledgeTypes";
import { useWords } from "../../i18n/LanguageProvider";
import { useFailureText } from "../../ui/useFailureText";

const MOST_ERRORS = 100;

/** A file of terms: tried first, with every fault told, and only then taken in. */
export default function TermImport({ onClose }: { onClose: () => void }) {
  const { t } = useWords();
  const { message } = App.useApp();
  const client = useQueryClient();
  const failureText = useFailureText();
  const input = useRef<HTMLInputElement>(null);
  const [file, setFile] = useState<File>();
  const trial = useMutation({ mutationFn: (chosen: File) => importTerms(chosen, true) });
  const real = useMutation({
    mutationFn: (chosen: File) => importTerms(chosen, false),
    onSuccess: async ({ added, changed }) => {
      void message.success(t("terms.imported", { added, changed }));
      await client.invalidateQueries({ queryKey: ["knowledge"] });
      onClose();
    },
  });
  const choose = (chosen: File | undefined) => {
    if (!chosen) return;
    setFile(chosen);
    real.reset();
    trial.mutate(chosen);
  };
  const failure = real.error ?? trial.error;
  const nothing = !trial.data || trial.data.added + trial.data.changed === 0;
  return (
    <Modal
      open
      width={680}
      title={t("terms.import")}
      okText={t("terms.takeIn")}
      okButtonProps={{ disabled: !file || nothing || trial.isPending, loading: real.isPending }}
      cancelText={t("act.cancel")}
      onOk={() => file && real.mutate(file)}
      onCancel={onClose}
    >
      <p className="quiet">{t("terms.importHint")}</p>
      <input
        ref={input}
        hidden
        type="file"
        accept=".csv,.tbx,.xml"
        aria-label={t("terms.chooseFile")}
        onChange={(event) => {
          choose(event.target.files?.[0]);
          event.target.value = "";
        }}
      />
      <div className="import-file">
        <Button
          icon={<UploadOutlined />}
          loading={trial.isPending}
          onClick={() => input.current?.click()}
        >
          {t("terms.chooseFile")}
        </Button>
        {file && <span>{file.name}</span>}
      </div>
      {failure && (
        <p className="form-error" role="alert">
          {failureText(failure)}
        </p>
      )}
      {trial.data && <Report report={trial.data} />}
    </Modal>
  );
}

function Report({ report }: { report: TermImportReport }) {
  const { t, f } = useWords();
  const { errors } = report;
  return (
    <>
      <p className="import-counts">
        {(["added", "changed", "unchanged"] as const).map((name) => (
          <span key={name} className="tag">
            {t.label("fileState", name)} {f.number(report[name])}
          </span>
        ))}
        {errors.length > 0 && (
          <span className="tag" data-file="quarantined">
            {t("terms.faults", { count: errors.length })}
          </span>
        )}
      </p>
      {errors.length > 0 && (
        <div className="md md-table import-errors">
          <table>
            <thead>
              <tr>
                <th scope="col">{t("terms.row")}</th>
                <th scope="col">{t("terms.column")}</th>
                <th scope="col">{t("terms.fault")}</th>
              </tr>
            </thead>
            <tbody>
              {errors.slice(0, MOST_ERRORS).map(({ row, column, reason }, index) => (
                <tr key={index}>
                  <td className="figures">{row}</td>
                  <td>{column}</td>
                  <td>{reason}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </>
  );
}

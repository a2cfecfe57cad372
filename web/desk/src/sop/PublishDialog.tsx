import { Alert, Form, Input } from "antd";
import { useNavigate } from "react-router";
import { useWords } from "../i18n/LanguageProvider";
import { ActDialog } from "../ui/ActDialog";
import { ProblemList } from "./ProblemList";
import { DiffView } from "./VersionList";
import { publishSop } from "./api";
import type { SopFile } from "./api";

/** The draft becomes the next version: what changes, what is wrong, and a word for its users. */
export function PublishDialog({ file, close }: { file: SopFile; close: () => void }) {
  const { t } = useWords();
  const navigate = useNavigate();
  const wrong = file.problems.filter((one) => one.severity === "error");
  const editing = `/sops/${encodeURIComponent(file.code)}/edit`;
  return (
    <ActDialog<{ note: string }, SopFile>
      title={t("sop.publishAs", { number: file.published + 1 })}
      hint={t("sop.publishHint")}
      submit={t("sop.publish")}
      width={640}
      version={file.version}
      initial={{ note: "" }}
      run={({ note }, { key, version }) => publishSop(file.code, note.trim(), { key, version })}
      refresh={[["sops"]]}
      done={(one) => t("sop.published", { number: one.published })}
      onDone={(one) => void navigate(`/sops/${encodeURIComponent(one.code)}`)}
      onClose={close}
    >
      {wrong.length > 0 && (
        <Alert
          type="error"
          showIcon
          title={t("sop.mendFirst", { count: wrong.length })}
          description={
            <ProblemList
              problems={wrong}
              content={file.draft}
              onSelect={() => {
                close();
                void navigate(editing);
              }}
            />
          }
        />
      )}
      <Form.Item name="note" label={t("sop.note")}>
        <Input.TextArea autoFocus autoSize={{ minRows: 2, maxRows: 6 }} maxLength={1000} placeholder={t("sop.noteHint")} />
      </Form.Item>
      {file.published > 0 && (
        <div className="dialog-scroll">
          <DiffView code={file.code} from={file.published} until={0} stamp={file.version} file={file} />
        </div>
      )}
    </ActDialog>
  );
}

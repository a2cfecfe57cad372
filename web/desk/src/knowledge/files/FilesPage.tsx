import { UploadOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { Button, Checkbox } from "antd";
import { useRef, useState } from "react";
import { Link, useNavigate, useParams } from "react-router";
import { intakes } from "../../api/knowledgeIntake";
import type { Intake } from "../../api/knowledgeTypes";
import { useMay } from "../../app/session";
import { useWords } from "../../i18n/LanguageProvider";
import { EmptyState } from "../../ui/EmptyState";
import { ErrorState } from "../../ui/ErrorState";
import { PageHead } from "../../ui/PageHead";
import { LinesSkeleton } from "../../ui/Skeletons";
import { KnowledgeTabs } from "../KnowledgeTabs";
import { DropFiles } from "./DropFiles";
import { IntakePanel } from "./IntakePanel";
import { isOpen } from "./intakes";
import type { Sending } from "./useTakeIn";
import { useTakeIn } from "./useTakeIn";
import "../../styles/knowledge-files.css";
import "../../styles/knowledge.css";

const POLL_MS = 2_000;

/** Files that were handed in: what became of each, and what needs a person. */
export default function FilesPage() {
  const { t } = useWords();
  const mayWrite = useMay("knowledge:write");
  if (!mayWrite) return <EmptyState title={t("state.noRight")} hint={t("state.noRightHint")} />;
  return <Files />;
}

function Files() {
  const { t } = useWords();
  const { id } = useParams();
  const navigate = useNavigate();
  const [accept, setAccept] = useState(false);
  const takeIn = useTakeIn((taken) => void navigate(`/knowledge/files/${taken}`));
  const list = useQuery({
    queryKey: ["knowledge", "intakes"],
    queryFn: intakes,
    refetchInterval: ({ state }) => (state.data?.some(isOpen) ? POLL_MS : false),
  });
  const chosen = id ?? list.data?.[0]?.id;
  return (
    <DropFiles
      disabled={!!takeIn.sending}
      onFiles={(files) => void takeIn.send(files, accept)}
    >
      <div className="page">
        <PageHead title={t("nav.knowledge")} sub={t("files.sub")} />
        <KnowledgeTabs />
        <Chooser
          accept={accept}
          setAccept={setAccept}
          sending={takeIn.sending}
          onFiles={(files) => void takeIn.send(files, accept)}
        />
        {list.isPending && <LinesSkeleton />}
        {list.isError && !list.data && (
          <ErrorState error={list.error} retry={() => list.refetch()} />
        )}
        {list.data?.length === 0 && (
          <EmptyState title={t("files.none")} hint={t("files.noneHint")} />
        )}
        {!!list.data?.length && (
          <div className="intakes">
            <ol className="intake-list" aria-label={t("files.intakes")}>
              {list.data.map((one) => (
                <li key={one.id}>
                  <IntakeLine intake={one} chosen={one.id === chosen} />
                </li>
              ))}
            </ol>
            {chosen && <IntakePanel key={chosen} id={chosen} />}
          </div>
        )}
      </div>
    </DropFiles>
  );
}

function Chooser(props: {
  accept: boolean;
  setAccept: (accept: boolean) => void;
  sending: Sending | null;
  onFiles: (files: File[]) => void;
}) {
  const { t } = useWords();
  const input = useRef<HTMLInputElement>(null);
  const { sending } = props;
  return (
    <div className="file-chooser">
      <p>
        <strong>{t("files.drop")}</strong>
        <span className="quiet">{t("files.formats")}</span>
      </p>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        aria-label={t("files.choose")}
        onChange={(event) => {
          props.onFiles([...(event.target.files ?? [])]);
          event.target.value = "";
        }}
      />
      <Checkbox
        checked={props.accept}
        disabled={!!sending}
        onChange={(event) => props.setAccept(event.target.checked)}
      >
        {t("files.accept")}
      </Checkbox>
      <Button
        type="primary"
        icon={<UploadOutlined />}
        loading={!!sending}
        onClick={() => input.current?.click()}
      >
        {sending ? t("files.sending", { sent: sending.sent, total: sending.total }) : t("files.choose")}
      </Button>
    </div>
  );
}

function IntakeLine({ intake, chosen }: { intake: Intake; chosen: boolean }) {
  const { t, f } = useWords();
  const { quarantined } = intake.counts;
  return (
    <Link
      to={`/knowledge/files/${intake.id}`}
      className="intake-line"
      aria-current={chosen ? "true" : undefined}
    >
      <strong>{t("files.count", { count: intake.total })}</strong>
      <span className="tag" data-intake={intake.state}>
        {t.label("intakeState", intake.state)}
      </span>
      {quarantined > 0 && (
        <span className="tag" data-file="quarantined">
          {t("files.quarantinedCount", { count: quarantined })}
        </span>
      )}
      <span className="quiet">
        {intake.by} · {f.ago(intake.at)}
      </span>
    </Link>
  );
}

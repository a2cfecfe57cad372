import { RedoOutlined, UndoOutlined } from "@ant-design/icons";
import { Button, Tooltip } from "antd";
import { useQuery } from "@tanstack/react-query";
import { useCallback, useEffect, useMemo, useState } from "react";
import { useNavigate, useParams } from "react-router";
import { useWords } from "../i18n/LanguageProvider";
import { ErrorState } from "../ui/ErrorState";
import { PageHead } from "../ui/PageHead";
import { PageSkeleton } from "../ui/Skeletons";
import { useCommand } from "../ui/useCommand";
import { useDebounced } from "../ui/useDebounced";
import { useUnsaved } from "../ui/useUnsaved";
import { EditorSide } from "./EditorSide";
import { HeadForm } from "./HeadForm";
import { LanguagePick } from "./LanguagePick";
import { PublishDialog } from "./PublishDialog";
import { useSop } from "./SopPage";
import { StepForm } from "./StepForm";
import { StepList } from "./StepList";
import { SopStateTag } from "./bits";
import { checkSop, saveDraft } from "./api";
import type { Content, Problem, SopFile } from "./api";
import { EMPTY, changed, opened, redone, undone, withStep } from "./editing";
import type { Editing } from "./editing";
import { inLanguage, languagesOf } from "./terms";
import "./sop.css";

/** A procedure is written. */
export default function SopEditPage() {
  const { code = "" } = useParams();
  const file = useSop(code);
  if (file.isPending) return <PageSkeleton />;
  if (!file.data) return <ErrorState error={file.error} retry={() => file.refetch()} />;
  return <Editor key={code} file={file.data} />;
}

function Editor({ file }: { file: SopFile }) {
  const { t, language } = useWords();
  const navigate = useNavigate();
  const [state, setState] = useState<Editing>(() => opened(file.draft ?? file.content ?? EMPTY));
  const [saved, setSaved] = useState<Content>(() => state.present);
  /** -1 is the head of the procedure. */
  const [selected, setSelected] = useState(state.present.steps.length > 0 ? 0 : -1);
  const [languages, setLanguages] = useState<string[]>(() => firstLanguages(state.present, language));
  const [publishing, setPublishing] = useState(false);
  const content = state.present;
  const unsaved = content !== saved;
  useUnsaved(unsaved);
  const { problems, checking } = useProblems(content, file.problems, saved === content && !!file.draft);

  const change = useCallback((next: Content, typing = "") => setState((now) => changed(now, next, typing)), []);
  const save = useCommand({
    run: (next: Content, how) => saveDraft(file.code, next, how),
    version: file.version,
    refresh: [["sops"]],
    done: () => t("sop.saved"),
    onDone: (_, next) => setSaved(next),
  });
  useKeys({
    save: () => unsaved && save.submit(content),
    undo: () => setState(undone),
    redo: () => setState(redone),
  });
  const place = Math.min(selected, content.steps.length - 1);
  const back = `/sops/${encodeURIComponent(file.code)}`;
  return (
    <div className="page sop-editor">
      <PageHead
        back={{ to: back, label: file.code }}
        title={inLanguage(content.title, language) || file.code}
        sub={
          <>
            <span className="figures">{file.code}</span>
            <SopStateTag state={file.state} />
            <span className="quiet">{t(unsaved ? "sop.unsaved" : "sop.allSaved")}</span>
          </>
        }
      >
        <Tooltip title={t("sop.undo")}>
          <Button
            icon={<UndoOutlined />}
            aria-label={t("sop.undo")}
            disabled={state.past.length === 0}
            onClick={() => setState(undone)}
          />
        </Tooltip>
        <Tooltip title={t("sop.redo")}>
          <Button
            icon={<RedoOutlined />}
            aria-label={t("sop.redo")}
            disabled={state.future.length === 0}
            onClick={() => setState(redone)}
          />
        </Tooltip>
        <Button loading={save.busy} disabled={!unsaved} onClick={() => save.submit(content)}>
          {t("act.save")}
        </Button>
        <Button
          type="primary"
          disabled={unsaved || !file.has_draft}
          title={unsaved ? t("sop.saveFirst") : undefined}
          onClick={() => setPublishing(true)}
        >
          {t("sop.publish")}
        </Button>
      </PageHead>
      <LanguagePick content={content} shown={languages} setShown={setLanguages} change={change} />
      <div className="editor-columns">
        <StepList
          content={content}
          problems={problems}
          language={languages[0] ?? language}
          selected={place}
          setSelected={setSelected}
          change={change}
        />
        <main className="editor-form">
          {place < 0 ? (
            <HeadForm content={content} languages={languages} change={change} />
          ) : (
            <StepForm
              key={content.steps[place]?.id}
              content={content}
              index={place}
              languages={languages}
              problems={problems.filter((one) => one.step === content.steps[place]?.id)}
              change={(part, typing) => change(withStep(content, place, part), typing && `${place}.${typing}`)}
            />
          )}
        </main>
        <EditorSide
          content={content}
          problems={problems}
          checking={checking}
          language={languages[0] ?? language}
          selected={place}
          setSelected={setSelected}
        />
      </div>
      {publishing && <PublishDialog file={file} close={() => setPublishing(false)} />}
      {content.steps.length > 3 && (
        <p className="quiet editor-keys">{t("sop.keys")}</p>
      )}
      {!file.draft && file.published > 0 && !unsaved && (
        <p className="quiet">
          {t("sop.editMakesDraft")}{" "}
          <Button size="small" type="link" onClick={() => void navigate(back)}>
            {t("act.cancel")}
          </Button>
        </p>
      )}
    </div>
  );
}

/** The reader's language first, beside it another one that the procedure has. */
function firstLanguages(content: Content, language: string): string[] {
  const known = languagesOf(content.title);
  const first = known.includes(language) || known.length === 0 ? language : (known[0] ?? language);
  const second = known.find((one) => one !== first);
  return second ? [first, second] : [first];
}

/** What the backend finds wrong in the draft, asked again when typing rests. */
function useProblems(content: Content, known: Problem[], fresh: boolean) {
  const asked = useDebounced(content, 600);
  const check = useQuery({
    queryKey: ["sop-check", asked],
    queryFn: ({ signal }) => checkSop(asked, signal),
    enabled: !fresh,
    placeholderData: (before) => before,
    gcTime: 60_000,
    retry: false,
  });
  const problems = fresh ? known : (check.data?.problems ?? known);
  return useMemo(() => ({ problems, checking: check.isFetching }), [problems, check.isFetching]);
}

function useKeys(acts: { save: () => void; undo: () => void; redo: () => void }) {
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
      const key = event.key.toLowerCase();
      const act =
        key === "s" ? acts.save : key === "y" || (key === "z" && event.shiftKey) ? acts.redo : key === "z" ? acts.undo : null;
      if (!act) return;
      event.preventDefault();
      act();
    };
    window.addEventListener("keydown", listen);
    return () => window.removeEventListener("keydown", listen);
  });
}


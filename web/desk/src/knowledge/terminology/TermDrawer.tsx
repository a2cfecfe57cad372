import { useMutation, useQueryClient } from "@tanstack/react-query";
import { App, Button, Checkbox, Drawer, Input, Select } from "antd";
import { useState } from "react";
import { revertTerm, saveTerm } from "../../api/knowledgeTerms";
import type { Term } from "../../api/knowledgeTypes";
import { useMay } from "../../app/session";
import { useWords } from "../../i18n/LanguageProvider";
import { CUSTOMER_LANGUAGES } from "../../ui/languages";
import { useFailure } from "../../ui/useFailureText";
import { useNarrow } from "../../ui/useNarrow";
import { useUndo } from "../../ui/useUndo";
import { useUnsaved } from "../../ui/useUnsaved";
import { Labelled } from "../editor/EditorFields";
import { NameChips } from "./NameChips";
import { headName, savedNames } from "./names";

interface Props {
  /** Absent: a new entry. */
  term?: Term;
  kinds: string[];
  onClose: () => void;
}

const KEY = /^[a-z][a-z0-9]*(?:_[a-z0-9]+)*$/;

type Entry = Pick<Term, "key" | "kind" | "names" | "reviewed" | "note">;

/** A term in all languages. Saving makes it the company's own entry, which hides a shipped one. */
export default function TermDrawer({ term, kinds, onClose }: Props) {
  const { t, f, language } = useWords();
  const { modal } = App.useApp();
  const narrow = useNarrow(760);
  const mayWrite = useMay("knowledge:write");
  const [begun] = useState<Entry>(
    term ?? { key: "", kind: kinds[0] ?? "", names: {}, reviewed: [], note: "" },
  );
  const [entry, setEntry] = useState(begun);
  const acts = useTermActs(onClose);
  const change = (part: Partial<Entry>) => setEntry((before) => ({ ...before, ...part }));
  const unsaved = JSON.stringify(entry) !== JSON.stringify(begun);
  useUnsaved(unsaved);
  const names = savedNames(entry.names);
  const good = KEY.test(entry.key) && entry.kind !== "" && Object.keys(names).length > 0;
  const title = term ? headName(term.names, language, term.key) : t("terms.add");
  const close = () =>
    unsaved
      ? void modal.confirm({
          title: t("terms.leaveAsk", { name: title }),
          okText: t("act.discard"),
          cancelText: t("act.cancel"),
          onOk: onClose,
        })
      : onClose();
  return (
    <Drawer
      open
      title={title}
      size={narrow ? "100%" : 640}
      onClose={close}
      extra={term?.own && <span className="tag" data-own>{t("terms.ownMark")}</span>}
      footer={
        mayWrite && (
          <div className="form-acts">
            {term?.own && (
              <Button danger loading={acts.reverting} onClick={() => acts.revert(term)}>
                {t("terms.revert")}
              </Button>
            )}
            <Button onClick={close}>{t("act.cancel")}</Button>
            <Button
              type="primary"
              disabled={!unsaved || !good}
              loading={acts.saving}
              onClick={() => acts.save({ ...entry, names })}
            >
              {t("act.save")}
            </Button>
          </div>
        )
      }
    >
      <div className="term-form">
        <Labelled
          label={t("terms.key")}
          fault={!term && entry.key !== "" && !KEY.test(entry.key) && t("terms.keyRule")}
        >
          {(id) => (
            <Input
              id={id}
              value={entry.key}
              disabled={!!term}
              maxLength={80}
              onChange={(event) => change({ key: event.target.value.trim() })}
            />
          )}
        </Labelled>
        <Labelled label={t("terms.kind")}>
          {(id) => (
            <Select<string>
              id={id}
              value={entry.kind || undefined}
              disabled={!mayWrite}
              options={[...new Set([...kinds, entry.kind])]
                .filter(Boolean)
                .map((one) => ({ value: one, label: t.label("termKind", one) }))}
              onChange={(kind) => change({ kind })}
            />
          )}
        </Labelled>
        {mayWrite && <p className="quiet term-form-wide">{t("terms.namesHint")}</p>}
        {CUSTOMER_LANGUAGES.map((code) => (
          <div key={code} className="term-language" role="group" aria-label={f.languageName(code)}>
            <span className="term-language-head">
              <strong>{f.languageName(code)}</strong>
              <Checkbox
                checked={entry.reviewed.includes(code)}
                disabled={!mayWrite || !entry.names[code]?.length}
                onChange={(event) =>
                  change({
                    reviewed: event.target.checked
                      ? [...entry.reviewed, code]
                      : entry.reviewed.filter((one) => one !== code),
                  })
                }
              >
                {t("terms.reviewed")}
              </Checkbox>
            </span>
            <NameChips
              lang={code}
              names={entry.names[code] ?? []}
              onChange={
                mayWrite ? (own) => change({ names: { ...entry.names, [code]: own } }) : undefined
              }
            />
          </div>
        ))}
        <Labelled label={t("terms.note")} className="term-form-wide">
          {(id) => (
            <Input.TextArea
              id={id}
              autoSize={{ minRows: 2, maxRows: 6 }}
              maxLength={1000}
              disabled={!mayWrite}
              value={entry.note}
              onChange={(event) => change({ note: event.target.value })}
            />
          )}
        </Labelled>
      </div>
    </Drawer>
  );
}

function useTermActs(onClose: () => void) {
  const { t } = useWords();
  const { message } = App.useApp();
  const client = useQueryClient();
  const { fail } = useFailure();
  const undoable = useUndo();
  const refresh = () => client.invalidateQueries({ queryKey: ["knowledge"] });
  const write = ({ key, kind, names, reviewed, note }: Entry) =>
    saveTerm(key, { kind, names, reviewed: reviewed.filter((one) => names[one]), note });
  const save = useMutation({
    mutationFn: write,
    onSuccess: async () => {
      void message.success(t("terms.saved"));
      await refresh();
      onClose();
    },
    onError: fail,
  });
  const revert = useMutation({
    mutationFn: (term: Term) => revertTerm(term.key),
    onSuccess: async (_, term) => {
      undoable(t("terms.reverted", { key: term.key }), () => write(term).then(refresh));
      await refresh();
      onClose();
    },
    onError: fail,
  });
  return {
    save: (entry: Entry) => save.mutate(entry),
    saving: save.isPending,
    revert: (term: Term) => revert.mutate(term),
    reverting: revert.isPending,
  };
}

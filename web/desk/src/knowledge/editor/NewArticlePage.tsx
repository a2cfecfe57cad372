import { useMutation } from "@tanstack/react-query";
import { Button, Input, Select } from "antd";
import { useEffect, useState } from "react";
import { useNavigate } from "react-router";
import { createArticle } from "../../api/knowledgeArticles";
import { useMay } from "../../app/session";
import { useWords } from "../../i18n/LanguageProvider";
import { EmptyState } from "../../ui/EmptyState";
import { PageHead } from "../../ui/PageHead";
import { CUSTOMER_LANGUAGES } from "../../ui/languages";
import { useFailure } from "../../ui/useFailureText";
import { useUnsaved } from "../../ui/useUnsaved";
import { useSettle } from "../article/useArticle";
import { articlePath } from "../terms";
import { useSaveKey } from "./EditView";
import { EditorDesk } from "./EditorDesk";
import { Labelled } from "./EditorFields";
import { EMPTY_FIELDS, faultsOf, sameFields } from "./fields";
import { useLocalDraft } from "./useLocalDraft";
import "../../styles/knowledge-editor.css";
import "../../styles/knowledge.css";

/** Write an article from nothing; it begins as a draft. */
export default function NewArticlePage() {
  const { t } = useWords();
  const mayWrite = useMay("knowledge:write");
  if (!mayWrite) return <EmptyState title={t("state.noRight")} hint={t("state.noRightHint")} />;
  return <Writing />;
}

function Writing() {
  const { t, f, language } = useWords();
  const navigate = useNavigate();
  const { fail } = useFailure();
  const settle = useSettle();
  const local = useLocalDraft("new");
  const [fields, setFields] = useState(local.found?.fields ?? EMPTY_FIELDS);
  const [key, setKey] = useState("");
  const [lang, setLang] = useState<string>(language);
  const [tried, setTried] = useState(false);
  const begun = !sameFields(fields, EMPTY_FIELDS);
  const faults = faultsOf(fields);
  const create = useMutation({
    mutationFn: () => createArticle({ ...fields, key: key.trim() || undefined, lang }),
    onSuccess: async (made) => {
      local.forget();
      await settle(made);
      void navigate(articlePath(made.id, "edit"), { replace: true });
    },
    onError: fail,
  });
  useUnsaved(begun && !create.isSuccess);
  useEffect(() => {
    if (create.isSuccess) return;
    if (begun) local.keep(fields, 0);
    else local.forget();
  }, [fields, begun, local, create.isSuccess]);
  const save = () => {
    setTried(true);
    if (faults.length === 0 && !create.isPending) create.mutate();
  };
  useSaveKey(save);
  return (
    <div className="page">
      <PageHead
        back={{ to: "/knowledge", label: t("nav.knowledge") }}
        title={t("knowledge.new")}
        sub={t("knowledge.newHint")}
      >
        {begun && <Button onClick={() => setFields(EMPTY_FIELDS)}>{t("editor.startAnew")}</Button>}
        <Button
          type="primary"
          loading={create.isPending}
          title={t("editor.saveHint")}
          onClick={save}
        >
          {t("editor.save")}
        </Button>
      </PageHead>
      <div className="editor">
        <EditorDesk
          fields={fields}
          faults={tried ? faults : faults.filter((one) => one === "dates")}
          lang={lang}
          figures={{}}
          onChange={(part) => setFields((before) => ({ ...before, ...part }))}
          extra={
            <>
              <Labelled label={t("article.lang")}>
                {(id) => (
                  <Select<string>
                    id={id}
                    value={lang}
                    options={CUSTOMER_LANGUAGES.map((one) => ({
                      value: one,
                      label: f.languageName(one),
                    }))}
                    onChange={setLang}
                  />
                )}
              </Labelled>
              <Labelled label={t("article.key")}>
                {(id) => (
                  <Input
                    id={id}
                    value={key}
                    maxLength={80}
                    placeholder={t("article.keyHint")}
                    onChange={(event) => setKey(event.target.value)}
                  />
                )}
              </Labelled>
            </>
          }
        />
      </div>
    </div>
  );
}

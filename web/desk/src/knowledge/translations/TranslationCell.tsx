import { PlusOutlined } from "@ant-design/icons";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Button, Dropdown } from "antd";
import { Link, useNavigate } from "react-router";
import { translate } from "../../api/knowledgeTranslations";
import type { TranslationRow } from "../../api/knowledgeTypes";
import { useMay } from "../../app/session";
import { useWords } from "../../i18n/LanguageProvider";
import { useFailure } from "../../ui/useFailureText";
import { articlePath } from "../terms";
import { cellOf } from "./matrix";

interface Props {
  row: TranslationRow;
  lang: string;
  translator: string;
}

/** One article in one language: how it stands, and the way to it. */
export function TranslationCell({ row, lang, translator }: Props) {
  const { t, f } = useWords();
  const mayWrite = useMay("knowledge:write");
  const { state, id } = cellOf(row, lang);
  const label = t.label("translationState", state);
  const name = t("translation.cell", {
    key: row.key,
    language: f.languageName(lang),
    state: label,
  });
  const mark = (
    <>
      <i className="state-dot" data-translation={state} aria-hidden /> {label}
    </>
  );
  if (state === "missing" && mayWrite) {
    return <TranslateMenu row={row} lang={lang} translator={translator} name={name} />;
  }
  if (!id) return <span className="matrix-cell quiet">{mark}</span>;
  const review = state === "unreviewed" || state === "behind";
  const to = articlePath(id, review ? "review" : "");
  return (
    <Link className="matrix-cell" to={to} aria-label={name} title={name}>
      {mark}
    </Link>
  );
}

/** Begin a translation, filled by the translator where one is set up, or empty. */
function TranslateMenu({ row, lang, translator, name }: Props & { name: string }) {
  const { t } = useWords();
  const navigate = useNavigate();
  const client = useQueryClient();
  const { fail } = useFailure();
  const begin = useMutation({
    mutationFn: (machine: boolean) => translate(row.id, lang, machine),
    onSuccess: async (made) => {
      await client.invalidateQueries({ queryKey: ["knowledge"] });
      void navigate(articlePath(made.id, "edit"));
    },
    onError: fail,
  });
  const none = translator === "none";
  return (
    <Dropdown
      trigger={["click"]}
      menu={{
        items: [
          {
            key: "machine",
            disabled: none,
            label: none ? t("translation.machineNone") : t("translation.machine"),
            onClick: () => begin.mutate(true),
          },
          { key: "hand", label: t("translation.byHand"), onClick: () => begin.mutate(false) },
        ],
      }}
    >
      <Button
        type="text"
        size="small"
        className="matrix-cell matrix-missing"
        icon={<PlusOutlined />}
        loading={begin.isPending}
        aria-label={name}
        title={name}
      >
        {t.label("translationState", "missing")}
      </Button>
    </Dropdown>
  );
}

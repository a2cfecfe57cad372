import { DownOutlined } from "@ant-design/icons";
import { App, Button, Dropdown } from "antd";
import type { MenuProps } from "antd";
import { sourceFile } from "../../api/knowledgeArticles";
import type { Article } from "../../api/knowledgeTypes";
import { useMay } from "../../app/session";
import { useWords } from "../../i18n/LanguageProvider";
import type { ArticleActs } from "./useArticle";

/** What is done seldom: the source file, discarding, retiring, restoring. */
export function ArticleMenu({ article, acts }: { article: Article; acts: ArticleActs }) {
  const { t } = useWords();
  const { modal } = App.useApp();
  const mayWrite = useMay("knowledge:write");
  const { draft, state, title } = article;
  const confirm = (question: string, hint: string, yes: string, act: () => void) =>
    modal.confirm({
      title: question,
      content: hint,
      okText: yes,
      okButtonProps: { danger: true },
      cancelText: t("act.cancel"),
      onOk: act,
    });
  const items: MenuProps["items"] = [
    ...(mayWrite && article.has_source
      ? [{
          key: "source",
          label: <a href={sourceFile(article.id)} download>{t("article.source")}</a>,
        }]
      : []),
    ...(mayWrite && draft
      ? [{
          key: "discard",
          danger: true,
          label: t("article.discard", { number: draft.number }),
          onClick: () =>
            confirm(
              t("article.discardAsk", { number: draft.number, name: title }),
              t("article.discardHint"),
              t("act.discard"),
              acts.discard,
            ),
        }]
      : []),
    ...(mayWrite && state === "published"
      ? [{
          key: "retire",
          danger: true,
          label: t("article.retire"),
          onClick: () =>
            confirm(
              t("article.retireAsk", { name: title }),
              t("article.retireHint"),
              t("article.retire"),
              acts.retire,
            ),
        }]
      : []),
    ...(mayWrite && state === "retired"
      ? [{ key: "restore", label: t("article.restore"), onClick: acts.restore }]
      : []),
  ];
  if (items.length === 0) return null;
  return (
    <Dropdown trigger={["click"]} placement="bottomRight" menu={{ items }}>
      <Button>
        {t("article.more")} <DownOutlined />
      </Button>
    </Dropdown>
  );
}

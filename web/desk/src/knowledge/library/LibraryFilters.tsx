import { CloseOutlined, FilterOutlined, SearchOutlined } from "@ant-design/icons";
import { Button, Input, Select } from "antd";
import { useState } from "react";
import { useColleagues } from "../../app/presence";
import { useMe } from "../../app/session";
import { useWords } from "../../i18n/LanguageProvider";
import { CUSTOMER_LANGUAGES } from "../../ui/languages";
import { useNarrow } from "../../ui/useNarrow";
import { ARTICLE_TYPES, AUDIENCES, TRANSLATION_FILTERS } from "../terms";
import { activeFilters, cleared } from "./view";
import type { FilterName, LibraryView } from "./view";

interface Props {
  view: LibraryView;
  setView: (view: LibraryView) => void;
}

type Options = Record<Exclude<FilterName, "state" | "model">, { value: string; label: string }[]>;

/** What each filter can be set to. */
function useOptions(): Options {
  const { t, f } = useWords();
  const me = useMe();
  const colleagues = useColleagues();
  return {
    type: ARTICLE_TYPES.map((one) => ({ value: one, label: t.label("articleType", one) })),
    audience: AUDIENCES.map((one) => ({ value: one, label: t.label("audience", one) })),
    lang: CUSTOMER_LANGUAGES.map((one) => ({ value: one, label: f.languageName(one) })),
    owner: [
      { value: "me", label: t("owner.me") },
      ...colleagues
        .filter((one) => one.id !== me.id)
        .map((one) => ({ value: one.id, label: one.name })),
    ],
    translation: TRANSLATION_FILTERS.map((one) => ({
      value: one,
      label: t.label("translationState", one),
    })),
  };
}

/** Search and filters; each filter that is set is a chip that can be taken off. */
export function LibraryFilters({ view, setView }: Props) {
  const { t } = useWords();
  const narrow = useNarrow(760);
  const [open, setOpen] = useState(false);
  const options = useOptions();
  const change = (part: Partial<LibraryView>) => setView({ ...view, ...part });
  const pick = (name: keyof Options) => (
    <Select<string>
      allowClear
      className="filter-pick"
      showSearch={{ optionFilterProp: "label" }}
      value={view[name] || undefined}
      placeholder={t(`article.${name}`)}
      aria-label={t(`article.${name}`)}
      options={options[name]}
      onChange={(value?: string) => change({ [name]: value ?? "" })}
    />
  );
  return (
    <>
      <div className="filters">
        <Input
          allowClear
          className="filter-search"
          prefix={<SearchOutlined />}
          value={view.q}
          aria-label={t("knowledge.search")}
          placeholder={t("knowledge.search")}
          onChange={(event) => change({ q: event.target.value })}
        />
        {narrow && (
          <Button icon={<FilterOutlined />} aria-expanded={open} onClick={() => setOpen(!open)}>
            {t("list.filters")}
          </Button>
        )}
        {(!narrow || open) && (
          <>
            {pick("type")}
            {pick("lang")}
            {pick("audience")}
            <Input
              allowClear
              className="filter-pick"
              value={view.model}
              aria-label={t("article.model")}
              placeholder={t("article.model")}
              onChange={(event) => change({ model: event.target.value })}
            />
            {pick("owner")}
            {pick("translation")}
          </>
        )}
      </div>
      <Chips view={view} setView={setView} options={options} />
    </>
  );
}

function Chips({ view, setView, options }: Props & { options: Options }) {
  const { t } = useWords();
  const active = activeFilters(view);
  if (active.length === 0) return null;
  const valueOf = (name: FilterName): string => {
    if (name === "state") return t.label("articleCount", view.state);
    if (name === "model") return view.model;
    return options[name].find((one) => one.value === view[name])?.label ?? view[name];
  };
  return (
    <ul className="chips" aria-label={t("list.filters")}>
      {active.map((name) => (
        <li key={name}>
          <button
            type="button"
            className="chip"
            aria-label={t("act.remove", { name: `${t(`article.${name}`)}: ${valueOf(name)}` })}
            onClick={() => setView({ ...view, [name]: "" })}
          >
            <span className="quiet">{t(`article.${name}`)}</span> {valueOf(name)}
            <CloseOutlined aria-hidden />
          </button>
        </li>
      ))}
      <li>
        <Button type="link" size="small" onClick={() => setView(cleared(view))}>
          {t("list.clear")}
        </Button>
      </li>
    </ul>
  );
}

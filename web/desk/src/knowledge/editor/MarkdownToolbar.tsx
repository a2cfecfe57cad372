import {
  BoldOutlined,
  FontSizeOutlined,
  OrderedListOutlined,
  PictureOutlined,
  TableOutlined,
  UnorderedListOutlined,
  WarningOutlined,
} from "@ant-design/icons";
import { Button, Dropdown, Tooltip } from "antd";
import type { ReactNode } from "react";
import { useWords } from "../../i18n/LanguageProvider";
import { hazardLead } from "./hazardLines";
import type { HazardWeight } from "./hazardLines";
import { bold, bullets, figure, hazard, heading, steps, table } from "./markdownActs";
import type { Edit, Field } from "./markdownActs";

interface Props {
  lang: string;
  figures: Record<string, string>;
  act: (make: (field: Field) => Edit | null) => unknown;
}

export function MarkdownToolbar({ lang, figures, act }: Props) {
  const { t } = useWords();
  const names = Object.keys(figures);
  const warn = (weight: HazardWeight) => act((field) => hazard(field, hazardLead(lang, weight)));
  const simple: { label: string; icon: ReactNode; make: (field: Field) => Edit }[] = [
    { label: t("editor.heading"), icon: <FontSizeOutlined />, make: heading },
    { label: t("editor.bold"), icon: <BoldOutlined />, make: bold },
    { label: t("editor.steps"), icon: <OrderedListOutlined />, make: steps },
    { label: t("editor.bullets"), icon: <UnorderedListOutlined />, make: bullets },
    {
      label: t("editor.table"),
      icon: <TableOutlined />,
      make: (field) => table(field, [1, 2].map((number) => t("editor.column", { number }))),
    },
  ];
  return (
    <div className="markdown-tools" role="toolbar" aria-label={t("editor.tools")}>
      {simple.map(({ label, icon, make }) => (
        <Tooltip key={label} title={label}>
          <Button
            type="text"
            size="small"
            aria-label={label}
            icon={icon}
            onClick={() => act(make)}
          />
        </Tooltip>
      ))}
      <Dropdown
        trigger={["click"]}
        menu={{
          items: [
            { key: "engineer", label: t("editor.warnEngineer"), onClick: () => warn("engineer") },
            { key: "care", label: t("editor.warnCare"), onClick: () => warn("care") },
          ],
        }}
      >
        <Button type="text" size="small" icon={<WarningOutlined />}>
          {t("editor.warning")}
        </Button>
      </Dropdown>
      <Dropdown
        trigger={["click"]}
        disabled={names.length === 0}
        menu={{
          className: "tall-menu",
          items: names.map((name) => ({
            key: name,
            label: name,
            icon: <img className="figure-thumb" src={figures[name]} alt="" loading="lazy" />,
            onClick: () => act((field) => figure(field, name, t("editor.caption"))),
          })),
        }}
      >
        <Button
          type="text"
          size="small"
          icon={<PictureOutlined />}
          disabled={names.length === 0}
          title={names.length === 0 ? t("editor.noFigures") : undefined}
        >
          {t("editor.figure")}
        </Button>
      </Dropdown>
    </div>
  );
}

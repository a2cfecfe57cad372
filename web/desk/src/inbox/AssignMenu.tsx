import { UserAddOutlined } from "@ant-design/icons";
import { Button, Dropdown } from "antd";
import type { MenuProps } from "antd";
import { useColleagues } from "../app/presence";
import { useWords } from "../i18n/LanguageProvider";

interface Props {
  ownerId: string | null;
  queued: boolean;
  disabled: boolean;
  onAssign: (userId: string | null) => void;
}

/** Give the conversation to a colleague, or put it back into the queue. */
export function AssignMenu({ ownerId, queued, disabled, onAssign }: Props) {
  const { t } = useWords();
  const colleagues = useColleagues();
  const items: MenuProps["items"] = [
    ...colleagues.map((one) => ({
      key: one.id,
      disabled: one.id === ownerId,
      icon: <i className={`dot dot-${one.status}`} title={t.label("presence", one.status)} />,
      label: one.name,
      onClick: () => onAssign(one.id),
    })),
    { type: "divider" as const },
    {
      key: "queue",
      disabled: queued,
      label: t("inbox.toQueue"),
      onClick: () => onAssign(null),
    },
  ];
  return (
    <Dropdown menu={{ items, className: "tall-menu" }} trigger={["click"]} disabled={disabled}>
      <Button className="act-labelled" aria-label={t("inbox.assign")} icon={<UserAddOutlined />}>
        <span>{t("inbox.assign")}</span>
      </Button>
    </Dropdown>
  );
}

import { BellOutlined } from "@ant-design/icons";
import { Badge, Button, Tooltip } from "antd";
import { Suspense, lazy, useEffect, useState } from "react";
import { useWords } from "../i18n/LanguageProvider";
import { onOpenNotices } from "./noticeState";
import { useUnread } from "./useNotices";

const NoticeDrawer = lazy(() => import("./NoticeDrawer"));

/** The bell of the shell, with the number of unread notices; opens their drawer. */
export function NoticeBell({ className }: { className?: string }) {
  const { t } = useWords();
  const unread = useUnread();
  const [open, setOpen] = useState(false);
  const [wanted, setWanted] = useState(false);
  const show = () => {
    setWanted(true);
    setOpen(true);
  };
  useEffect(() => onOpenNotices(show), []);
  const label = unread > 0 ? t("notices.unread", { count: unread }) : t("notices.title");
  return (
    <>
      <Tooltip title={label} placement="right">
        <Button
          type="text"
          className={className}
          aria-label={label}
          onClick={show}
          icon={
            <Badge count={unread} size="small" overflowCount={99}>
              <BellOutlined className="rail-user" />
            </Badge>
          }
        />
      </Tooltip>
      {wanted && (
        <Suspense fallback={null}>
          <NoticeDrawer open={open} close={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}

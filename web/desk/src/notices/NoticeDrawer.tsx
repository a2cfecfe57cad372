import {
  AlertOutlined,
  CheckOutlined,
  ExclamationCircleOutlined,
  InfoCircleOutlined,
} from "@ant-design/icons";
import { useQueryClient } from "@tanstack/react-query";
import { Button, Drawer, Segmented, Skeleton } from "antd";
import { useState } from "react";
import { useNavigate } from "react-router";
import { readAllNotices, readNotices } from "../api/notices";
import type { Notice } from "../api/notices";
import { useWords } from "../i18n/LanguageProvider";
import { EmptyState } from "../ui/EmptyState";
import { ErrorState } from "../ui/ErrorState";
import { MoreButton } from "../ui/MoreButton";
import { WhenText } from "../ui/WhenText";
import { useFailure } from "../ui/useFailureText";
import { noticeText } from "./noticeText";
import { useNoticeList } from "./useNotices";
import "../styles/notices.css";

const SIGNS: Record<string, React.ReactNode> = {
  info: <InfoCircleOutlined />,
  warning: <ExclamationCircleOutlined />,
  critical: <AlertOutlined />,
};

/** What the desk was told: newest first, unread marked, each leading to the thing it is about. */
export default function NoticeDrawer({ open, close }: { open: boolean; close: () => void }) {
  const { t } = useWords();
  const client = useQueryClient();
  const navigate = useNavigate();
  const { fail } = useFailure();
  const [unread, setUnread] = useState(false);
  const list = useNoticeList(unread, open);
  const rows = list.data?.pages.flatMap((page) => page.items) ?? [];
  const mark = async (act: Promise<unknown>) => {
    try {
      await act;
      await client.invalidateQueries({ queryKey: ["notices"] });
    } catch (error) {
      fail(error);
    }
  };
  const follow = (notice: Notice) => {
    if (!notice.read_at) void mark(readNotices([notice.id]));
    if (!notice.link) return;
    close();
    void navigate(notice.link.replace(/^\/desk(?=\/)/, ""));
  };
  return (
    <Drawer
      open={open}
      onClose={close}
      size={400}
      rootClassName="notices"
      title={t("notices.title")}
      extra={
        <Button
          size="small"
          icon={<CheckOutlined />}
          disabled={!list.data?.pages[0]?.unread}
          onClick={() => void mark(readAllNotices())}
        >
          {t("notices.readAll")}
        </Button>
      }
    >
      <Segmented
        block
        aria-label={t("notices.which")}
        value={unread ? "unread" : "all"}
        onChange={(which) => setUnread(which === "unread")}
        options={["all", "unread"].map((value) => ({ value, label: t.label("notices.box", value) }))}
      />
      {list.isPending && <Skeleton active paragraph={{ rows: 6 }} />}
      {list.isError && !list.data && <ErrorState error={list.error} retry={() => list.refetch()} />}
      {list.data && rows.length === 0 && (
        <EmptyState
          title={t(unread ? "notices.noneUnread" : "notices.none")}
          hint={t("notices.noneHint")}
        />
      )}
      <ul className="notice-list">
        {rows.map((notice) => (
          <NoticeLine key={notice.id} notice={notice} onFollow={() => follow(notice)} />
        ))}
      </ul>
      <MoreButton pages={list} />
    </Drawer>
  );
}

function NoticeLine({ notice, onFollow }: { notice: Notice; onFollow: () => void }) {
  const { t } = useWords();
  return (
    <li>
      <button
        type="button"
        className="notice-line"
        data-severity={notice.severity}
        data-unread={!notice.read_at}
        onClick={onFollow}
      >
        <span className="notice-sign" aria-hidden>
          {SIGNS[notice.severity] ?? <InfoCircleOutlined />}
        </span>
        <span className="notice-text">
          {noticeText(notice, t)}
          <small>
            {!notice.read_at && <b>{t("notices.new")}</b>}
            <span>{t.label("severity", notice.severity)}</span>
            <WhenText at={notice.created_at} relative />
          </small>
        </span>
      </button>
    </li>
  );
}

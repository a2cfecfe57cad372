import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { Link } from "react-router";
import { notices, readNotices } from "../api/notices";
import type { Notice } from "../api/notices";
import { useWords } from "../i18n/LanguageProvider";
import { Button } from "../ui/Button";
import { Icon } from "../ui/Icon";
import { Page } from "../ui/Page";
import { Pull } from "../ui/Pull";
import { Empty, Failed, Loading } from "../ui/States";
import { placeOf } from "./links";

/** What I was told, the newest first. */
export default function NoticesPage() {
  const { t } = useWords();
  const client = useQueryClient();
  const found = useInfiniteQuery({
    queryKey: ["notices", "all"],
    queryFn: ({ pageParam }) => notices({ cursor: pageParam, limit: 30 }),
    initialPageParam: "",
    getNextPageParam: (page) => page.next_cursor || undefined,
  });
  const read = useMutation({
    mutationFn: readNotices, networkMode: "always",
    onSuccess: () => client.invalidateQueries({ queryKey: ["notices"] }),
  });
  const items = found.data?.pages.flatMap((page) => page.items) ?? [];
  const unread = found.data?.pages[0]?.unread ?? 0;
  return (
    <Page title={t("me.notices")} back="/me">
      <Pull onPull={() => client.invalidateQueries({ queryKey: ["notices"] })}>
        {found.isError && <Failed error={found.error} retry={() => void found.refetch()} />}
        {found.isPending && <Loading />}
        {found.data && items.length === 0 && <Empty icon="bell" title={t("notices.none")} />}
        {unread > 0 && (
          <Button kind="quiet" icon="check" busy={read.isPending} onClick={() => read.mutate([])}>
            {t("notices.readAll", { count: unread })}
          </Button>
        )}
        {items.length > 0 && (
          <ul className="card rows">
            {items.map((one) => (
              <NoticeLine key={one.id} notice={one} onRead={() => read.mutate([one.id])} />
            ))}
          </ul>
        )}
        {found.hasNextPage && (
          <Button kind="quiet" busy={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
            {t("notices.more")}
          </Button>
        )}
      </Pull>
    </Page>
  );
}

function NoticeLine({ notice, onRead }: { notice: Notice; onRead: () => void }) {
  const { t, f } = useWords();
  const place = placeOf(notice.link);
  const told = (
    <>
      <Icon name={notice.severity === "info" ? "bell" : "warn"} small />
      <span className={notice.read_at ? "row-main wrap" : "row-main wrap strong"}>
        {t.reason({ ...notice, code: notice.key.replaceAll(".", "_") }, "note")}
        <br />
        <span className="quiet">{f.distance(notice.created_at)}</span>
      </span>
    </>
  );
  return (
    <li>
      {place ? (
        <Link className="row-link" to={place} onClick={notice.read_at ? undefined : onRead}>
          {told}
          <Icon name="next" small />
        </Link>
      ) : (
        <span className="row-link">{told}</span>
      )}
      {!notice.read_at && !place && (
        <button type="button" className="icon-button" aria-label={t("notices.read")} onClick={onRead}>
          <Icon name="check" />
        </button>
      )}
    </li>
  );
}

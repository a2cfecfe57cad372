import { EllipsisOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { Badge, Dropdown } from "antd";
import { useEffect, useRef, useState } from "react";
import type { ReactNode, RefObject } from "react";
import { NavLink, useLocation, useNavigate } from "react-router";
import { counts } from "../api/conversations";
import { useWords } from "../i18n/LanguageProvider";
import { useLive } from "../live/LiveProvider";
import type { Place } from "./places";

/** How long one place is, in pixels: along the side of a desk, along the foot of a phone. */
const TALL = 58;
const WIDE = 60;

/** As many places as there is room for; the rest under "More". */
export function RailPlaces({ places }: { places: Place[] }) {
  const { t } = useWords();
  const list = useRef<HTMLUListElement>(null);
  const room = useRoom(list, places.length);
  const shown = room < places.length ? places.slice(0, Math.max(room - 1, 1)) : places;
  const rest = places.slice(shown.length);
  return (
    <ul className="rail-places" ref={list}>
      {shown.map((place) => (
        <li key={place.path}>
          <NavLink to={place.path} className="rail-link">
            {place.path === "/inbox" ? <WaitingBadge>{place.icon}</WaitingBadge> : place.icon}
            <span>{t(place.title)}</span>
          </NavLink>
        </li>
      ))}
      {rest.length > 0 && (
        <li>
          <More places={rest} />
        </li>
      )}
    </ul>
  );
}

function More({ places }: { places: Place[] }) {
  const { t } = useWords();
  const go = useNavigate();
  const { pathname } = useLocation();
  const here = places.find((one) => pathname === one.path || pathname.startsWith(`${one.path}/`));
  return (
    <Dropdown
      trigger={["click"]}
      placement="topLeft"
      menu={{
        selectedKeys: here ? [here.path] : [],
        items: places.map((one) => ({ key: one.path, icon: one.icon, label: t(one.title) })),
        onClick: ({ key }) => void go(key),
      }}
    >
      <button type="button" className={here ? "rail-link rail-more active" : "rail-link rail-more"}>
        {here?.icon ?? <EllipsisOutlined />}
        <span>{here ? t(here.title) : t("nav.more")}</span>
      </button>
    </Dropdown>
  );
}

/** How many places fit into the list. */
function useRoom(list: RefObject<HTMLUListElement | null>, wanted: number): number {
  const [room, setRoom] = useState(wanted);
  useEffect(() => {
    const box = list.current;
    if (!box || typeof ResizeObserver === "undefined") return;
    const watch = new ResizeObserver(() => {
      const along = getComputedStyle(box).flexDirection === "row";
      setRoom(Math.floor(along ? box.clientWidth / WIDE : box.clientHeight / TALL));
    });
    watch.observe(box);
    return () => watch.disconnect();
  }, [list]);
  return room;
}

function WaitingBadge({ children }: { children: ReactNode }) {
  const { pollMs } = useLive();
  const numbers = useQuery({
    queryKey: ["conversations", "counts"],
    queryFn: counts,
    refetchInterval: pollMs,
  });
  return (
    <Badge count={numbers.data?.queue ?? 0} size="small" offset={[4, -2]}>
      <span className="rail-icon">{children}</span>
    </Badge>
  );
}

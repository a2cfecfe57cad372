import { useWords } from "../i18n/LanguageProvider";
import { appleMapLink, mapLink } from "../visit/terms";
import { Icon } from "./Icon";

interface Props {
  lat?: number | null;
  lon?: number | null;
  address: string;
  wide?: boolean;
}

const apple = /iPhone|iPad|Macintosh/.test(navigator.userAgent);

/** Opens the way there in the phone's map. */
export function MapLink({ wide, ...place }: Props) {
  const { t } = useWords();
  const href = apple ? appleMapLink(place) : mapLink(place);
  if (!href) return null;
  return (
    <a className={wide ? "button quiet-button wide" : "button quiet-button"} href={href}>
      <Icon name="map" small />
      {t("act.map")}
    </a>
  );
}

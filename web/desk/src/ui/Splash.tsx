import { Mark } from "./Mark";

/** The moment before the first page; the mark says that something is coming. */
export function Splash() {
  return (
    <div className="splash" aria-busy>
      <Mark size={44} />
    </div>
  );
}

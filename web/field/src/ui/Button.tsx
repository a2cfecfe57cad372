import type { ButtonHTMLAttributes, ReactNode } from "react";
import { Icon } from "./Icon";
import type { IconName } from "./Icon";
import { Spinner } from "./States";

interface Props extends ButtonHTMLAttributes<HTMLButtonElement> {
  kind?: "main" | "quiet" | "danger" | "bare";
  size?: "plain" | "big";
  wide?: boolean;
  icon?: IconName;
  busy?: boolean;
  children: ReactNode;
}

const CLASS = { main: "", quiet: "quiet-button", danger: "danger", bare: "bare" };

/** A button for a thumb; while busy it says so and takes no second tap. */
export function Button({
  kind = "main", size = "plain", wide, icon, busy, children, className = "", disabled, type = "button", ...rest
}: Props) {
  const classes = ["button", CLASS[kind], size === "big" ? "big" : "", wide ? "wide" : "", className];
  return (
    <button
      type={type}
      className={classes.filter(Boolean).join(" ")}
      disabled={disabled || busy}
      aria-busy={busy || undefined}
      {...rest}
    >
      {busy ? <Spinner /> : icon && <Icon name={icon} small />}
      {children}
    </button>
  );
}

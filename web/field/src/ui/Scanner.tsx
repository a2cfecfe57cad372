import { useCallback, useEffect, useRef, useState } from "react";
import { useWords } from "../i18n/LanguageProvider";
import { Button } from "./Button";
import { TextInput } from "./Field";
import { Icon } from "./Icon";
import { detector } from "./barcode";
import { chime } from "./sound";

interface Props {
  /** Told of a read or typed code. */
  onCode: (code: string) => void;
  busy?: boolean;
  label: string;
  hint?: string;
}

const EVERY = 180;
type Camera = "off" | "starting" | "on" | "refused" | "unable";

/** Reads a code by the camera where the browser can, from a photo, or typed. */
export function Scanner({ onCode, busy, label, hint }: Props) {
  const { t } = useWords();
  const [typed, setTyped] = useState("");
  const [camera, setCamera] = useState<Camera>("off");
  const video = useRef<HTMLVideoElement>(null);
  const stream = useRef<MediaStream | null>(null);
  const latest = useRef(onCode);
  useEffect(() => {
    latest.current = onCode;
  });

  const stop = useCallback(() => {
    stream.current?.getTracks().forEach((track) => track.stop());
    stream.current = null;
    setCamera("off");
  }, []);
  useEffect(() => stop, [stop]);

  const start = async () => {
    const reader = await detector();
    if (!reader || !navigator.mediaDevices?.getUserMedia) return setCamera("unable");
    setCamera("starting");
    try {
      stream.current = await navigator.mediaDevices.getUserMedia({
        video: { facingMode: "environment", width: { ideal: 1280 } }, audio: false,
      });
    } catch {
      return setCamera("refused");
    }
    setCamera("on");
    const shown = video.current;
    if (!shown) return stop();
    shown.srcObject = stream.current;
    await shown.play().catch(() => undefined);
    const look = async () => {
      if (!stream.current) return;
      const codes = await reader.detect(shown).catch(() => []);
      const code = codes[0]?.rawValue.trim();
      if (!code) return void setTimeout(() => void look(), EVERY);
      chime("high");
      stop();
      latest.current(code);
      return undefined;
    };
    return void look();
  };

  return (
    <div className="form">
      <video ref={video} className="viewfinder" hidden={camera !== "on"} muted playsInline aria-label={t("scan.camera")} />
      {camera === "on" ? (
        <Button kind="quiet" wide onClick={stop}>
          {t("scan.stop")}
        </Button>
      ) : (
        <Button size="big" wide icon="scan" busy={camera === "starting"} onClick={() => void start()}>
          {t("scan.start")}
        </Button>
      )}
      {(camera === "refused" || camera === "unable") && (
        <p className="note amber" role="status">
          <Icon name="warn" small />
          <span>{t(camera === "refused" ? "scan.refused" : "scan.unable")}</span>
        </p>
      )}
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          if (typed.trim()) onCode(typed.trim());
        }}
      >
        <TextInput
          label={label} hint={hint} value={typed} onChange={setTyped} autoComplete="off" autoCapitalize="characters"
          spellCheck={false} enterKeyHint="search" className="figures"
        />
        <Button type="submit" kind="quiet" wide icon="search" busy={busy} disabled={!typed.trim()}>
          {t("scan.look")}
        </Button>
      </form>
    </div>
  );
}

import { useImperativeHandle, useRef, useState } from "react";
import type { PointerEvent, Ref } from "react";
import { useWords } from "../i18n/LanguageProvider";

const WIDTH = 720;
const HEIGHT = 300;

export interface Pad {
  /** The picture as PNG in base64; empty where nothing is drawn. */
  png: () => string;
}

interface Props {
  label: string;
  onDrawn: (drawn: boolean) => void;
  ref: Ref<Pad>;
}

/** Signed with a finger or a pen; dark on white whatever the theme, as on paper. */
export function SignaturePad({ label, onDrawn, ref }: Props) {
  const { t } = useWords();
  const canvas = useRef<HTMLCanvasElement>(null);
  const drawing = useRef(false);
  const [drawn, setDrawn] = useState(false);
  const ink = () => canvas.current?.getContext("2d");
  const put = (now: boolean) => {
    setDrawn(now);
    onDrawn(now);
  };
  useImperativeHandle(ref, () => ({
    png: () => (drawn ? (canvas.current?.toDataURL("image/png").split(",")[1] ?? "") : ""),
  }));
  const place = (event: PointerEvent<HTMLCanvasElement>): [number, number] => {
    const box = event.currentTarget.getBoundingClientRect();
    return [((event.clientX - box.left) / box.width) * WIDTH, ((event.clientY - box.top) / box.height) * HEIGHT];
  };
  const start = (event: PointerEvent<HTMLCanvasElement>) => {
    const pen = ink();
    if (!pen) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    drawing.current = true;
    pen.lineWidth = 4;
    pen.lineCap = "round";
    pen.lineJoin = "round";
    pen.strokeStyle = "#111";
    pen.beginPath();
    pen.moveTo(...place(event));
  };
  const go = (event: PointerEvent<HTMLCanvasElement>) => {
    const pen = ink();
    if (!drawing.current || !pen) return;
    pen.lineTo(...place(event));
    pen.stroke();
    if (!drawn) put(true);
  };
  const stop = () => {
    drawing.current = false;
  };
  const clear = () => {
    ink()?.clearRect(0, 0, WIDTH, HEIGHT);
    put(false);
  };
  return (
    <div className="field">
      <span className="label">{label}</span>
      <canvas
        ref={canvas} width={WIDTH} height={HEIGHT} className="signature-pad" role="img" aria-label={label}
        onPointerDown={start} onPointerMove={go} onPointerUp={stop} onPointerCancel={stop}
      />
      {drawn && (
        <button type="button" className="button bare" onClick={clear}>
          {t("sign.clear")}
        </button>
      )}
    </div>
  );
}

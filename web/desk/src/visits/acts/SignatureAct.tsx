import { Button, Form } from "antd";
import { useRef, useState } from "react";
import type { PointerEvent } from "react";
import { useWords } from "../../i18n/LanguageProvider";
import { ActDialog } from "./ActDialog";
import type { ActProps } from "./ActDialog";
import { TextField } from "./fields";

/** The customer signs with finger, pen or mouse; without a stroke they agreed by word. */
export function SignatureAct(props: ActProps) {
  const { t } = useWords();
  const [png, setPng] = useState("");
  return (
    <ActDialog {...props} act="signature" based extra={() => ({ png })}>
      <TextField name="name" label={t("visit.signer")} required />
      <TextField name="role" label={t("visit.signerRole")} max={100} />
      <Form.Item label={t("visit.signHere")} extra={t("visit.signHint")}>
        <SignaturePad onChange={setPng} />
      </Form.Item>
    </ActDialog>
  );
}

const WIDTH = 640;
const HEIGHT = 220;

function SignaturePad({ onChange }: { onChange: (base64: string) => void }) {
  const { t } = useWords();
  const canvas = useRef<HTMLCanvasElement>(null);
  const drawing = useRef(false);
  const place = (event: PointerEvent<HTMLCanvasElement>): [number, number] => {
    const box = event.currentTarget.getBoundingClientRect();
    return [
      ((event.clientX - box.left) / box.width) * WIDTH,
      ((event.clientY - box.top) / box.height) * HEIGHT,
    ];
  };
  const pen = () => canvas.current?.getContext("2d");
  const start = (event: PointerEvent<HTMLCanvasElement>) => {
    const ink = pen();
    if (!ink) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    drawing.current = true;
    ink.lineWidth = 3;
    ink.lineCap = "round";
    ink.strokeStyle = "#111";
    ink.beginPath();
    ink.moveTo(...place(event));
  };
  const go = (event: PointerEvent<HTMLCanvasElement>) => {
    const ink = pen();
    if (!drawing.current || !ink) return;
    ink.lineTo(...place(event));
    ink.stroke();
  };
  const stop = () => {
    if (!drawing.current) return;
    drawing.current = false;
    onChange(canvas.current?.toDataURL("image/png").split(",")[1] ?? "");
  };
  const clear = () => {
    pen()?.clearRect(0, 0, WIDTH, HEIGHT);
    onChange("");
  };
  return (
    <>
      <canvas
        ref={canvas}
        width={WIDTH}
        height={HEIGHT}
        className="signature-pad"
        aria-label={t("visit.signHere")}
        onPointerDown={start}
        onPointerMove={go}
        onPointerUp={stop}
        onPointerCancel={stop}
      />
      <Button size="small" type="text" onClick={clear}>
        {t("visit.signAgain")}
      </Button>
    </>
  );
}

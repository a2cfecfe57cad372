import { useId } from "react";
import type { InputHTMLAttributes, ReactNode, TextareaHTMLAttributes } from "react";
import type { ApiProblem } from "../api/problem";
import { useWords } from "../i18n/LanguageProvider";
import { Icon } from "./Icon";
import { useFailureText } from "./useFailureText";

interface FrameProps {
  label: ReactNode;
  hint?: ReactNode;
  problem?: string;
  optional?: boolean;
}

type Ids = { id: string; "aria-describedby"?: string; "aria-invalid"?: boolean };

function Frame({ label, hint, problem, optional, children }: FrameProps & { children: (ids: Ids) => ReactNode }) {
  const { t } = useWords();
  const id = useId();
  const described = [hint ? `${id}-hint` : "", problem ? `${id}-problem` : ""].filter(Boolean).join(" ");
  return (
    <div className="field">
      <label htmlFor={id}>
        {label}
        {optional && <small className="optional"> {t("field.optional")}</small>}
      </label>
      {children({ id, "aria-describedby": described || undefined, "aria-invalid": problem ? true : undefined })}
      {hint && (
        <div className="hint" id={`${id}-hint`}>
          {hint}
        </div>
      )}
      {problem && (
        <div className="problem" id={`${id}-problem`} role="alert">
          {problem}
        </div>
      )}
    </div>
  );
}

type InputProps = FrameProps & Omit<InputHTMLAttributes<HTMLInputElement>, "onChange"> & {
  onChange: (value: string) => void;
  unit?: string;
};

export function TextInput({ label, hint, problem, optional, onChange, unit, className = "", ...rest }: InputProps) {
  return (
    <Frame {...{ label, hint, problem, optional }}>
      {(ids) => {
        const input = (
          <input
            {...ids}
            {...rest}
            className={`input ${className}`}
            onChange={(event) => onChange(event.target.value)}
          />
        );
        return unit ? (
          <div className="with-unit">
            {input}
            <span className="unit">{unit}</span>
          </div>
        ) : (
          input
        );
      }}
    </Frame>
  );
}

/** A measured number: large figures, the keyboard with digits and a point. */
export function NumberInput(props: InputProps) {
  return <TextInput inputMode="decimal" autoComplete="off" className="number" {...props} />;
}

type AreaProps = FrameProps & Omit<TextareaHTMLAttributes<HTMLTextAreaElement>, "onChange"> & {
  onChange: (value: string) => void;
};

export function TextArea({ label, hint, problem, optional, onChange, ...rest }: AreaProps) {
  return (
    <Frame {...{ label, hint, problem, optional }}>
      {(ids) => (
        <textarea
          {...ids} {...rest} className="input" style={{ minBlockSize: `${(rest.rows ?? 4) * 1.45 + 1.4}em` }}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Frame>
  );
}

interface SelectProps extends FrameProps {
  value: string;
  options: readonly (readonly [value: string, label: string])[];
  onChange: (value: string) => void;
}

export function Select({ value, options, onChange, ...frame }: SelectProps) {
  return (
    <Frame {...frame}>
      {(ids) => (
        <select {...ids} className="input" value={value} onChange={(event) => onChange(event.target.value)}>
          {options.map(([code, text]) => (
            <option key={code} value={code}>
              {text}
            </option>
          ))}
        </select>
      )}
    </Frame>
  );
}

interface ChoiceProps {
  label: string;
  value: string;
  options: readonly (readonly [value: string, label: string])[];
  onChange: (value: string) => void;
  inline?: boolean;
  problem?: string;
  hidden?: boolean;
}

/** One of a few: large tiles, a radio group for keyboards and screen readers. */
export function Choice({ label, value, options, onChange, inline, problem, hidden }: ChoiceProps) {
  const name = useId();
  return (
    <fieldset className="field">
      <legend className={hidden ? "spoken-only" : "label"}>{label}</legend>
      <div className={inline ? "options inline" : "options"}>
        {options.map(([code, text]) => (
          <label key={code} className="option">
            <input type="radio" name={name} value={code} checked={value === code} onChange={() => onChange(code)} />
            {text}
          </label>
        ))}
      </div>
      {problem && (
        <div className="problem" role="alert">
          {problem}
        </div>
      )}
    </fieldset>
  );
}

export function Check({ label, checked, onChange }: { label: ReactNode; checked: boolean; onChange: (on: boolean) => void }) {
  return (
    <label className="check">
      <input type="checkbox" checked={checked} onChange={(event) => onChange(event.target.checked)} />
      <span>{label}</span>
    </label>
  );
}

interface StepperProps {
  label: string;
  value: number;
  onChange: (value: number) => void;
  most?: number;
  least?: number;
  step?: number;
}

/** A count that a glove can change. */
export function Stepper({ label, value, onChange, least = 1, most = 9_999, step = 1 }: StepperProps) {
  const { t } = useWords();
  const id = useId();
  const held = (wanted: number) => onChange(Math.min(most, Math.max(least, wanted)));
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <div className="stepper">
        <button type="button" className="button quiet-button" aria-label={t("act.less", { what: label })}
          disabled={value <= least} onClick={() => held(value - step)}>
          <Icon name="minus" />
        </button>
        <input
          id={id}
          className="input number"
          inputMode="numeric"
          value={String(value)}
          onChange={(event) => held(Number(event.target.value.normalize("NFKC").replace(/\D/g, "").slice(0, 6)) || least)}
        />
        <button type="button" className="button quiet-button" aria-label={t("act.more", { what: label })}
          disabled={value >= most} onClick={() => held(value + step)}>
          <Icon name="plus" />
        </button>
      </div>
    </div>
  );
}

/** Why the server refused, above the button that was tapped. */
export function Refusal({ problem }: { problem: ApiProblem | null }) {
  const text = useFailureText();
  if (!problem) return null;
  const fields = Object.values(problem.errors).filter((one) => typeof one === "string");
  return (
    <div className="note red" role="alert">
      <Icon name="stop" />
      <div>
        <p className="strong">{text(problem)}</p>
        {fields.length > 0 && <p className="quiet">{fields.join(" · ")}</p>}
      </div>
    </div>
  );
}

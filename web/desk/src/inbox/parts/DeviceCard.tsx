import { Link } from "react-router";
import type { Part } from "../../api/types";
import { Warranty } from "../../devices/Warranty";

export function DeviceCard({ device }: { device: Extract<Part, { kind: "device" }> }) {
  return (
    <div className="card">
      <header>
        <Link to={`/devices/${encodeURIComponent(device.serial)}`}>{device.serial}</Link>
        <span>{[device.model, device.name].filter(Boolean).join(" · ")}</span>
      </header>
      {device.warranty_until && <Warranty until={device.warranty_until} />}
    </div>
  );
}

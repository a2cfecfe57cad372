import {
  GlobalOutlined,
  MailOutlined,
  MessageOutlined,
  MobileOutlined,
  PhoneOutlined,
  WechatOutlined,
  WhatsAppOutlined,
} from "@ant-design/icons";
import type { ComponentType } from "react";
import { useWords } from "../i18n/LanguageProvider";

const ICONS: Record<string, ComponentType> = {
  web: GlobalOutlined,
  wechat: WechatOutlined,
  wecom: WechatOutlined,
  miniprogram: MobileOutlined,
  whatsapp: WhatsAppOutlined,
  email: MailOutlined,
  phone: PhoneOutlined,
};

export function ChannelIcon({ channel }: { channel: string }) {
  const { t } = useWords();
  const Icon = ICONS[channel] ?? MessageOutlined;
  const name = t.label("channel", channel);
  return (
    <span className="channel" data-channel={channel} title={name} role="img" aria-label={name}>
      <Icon />
    </span>
  );
}

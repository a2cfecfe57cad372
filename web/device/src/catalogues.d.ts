/** Made by `catalogues.ts` from `locales/*.json`: texts joined by line ends, in the order of `keys`. */
declare module "virtual:catalogues" {
  export const keys: string;
  export const languages: Readonly<Record<string, string>>;
}

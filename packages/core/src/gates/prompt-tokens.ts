import type { PromptPart } from "./prompt-part.ts";

const TOKEN = /[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{N}_@.~/*+:=%-]+/gu;
const FLAG = /^(?:--[A-Za-z][\w-]*(?:=.+)?|-[A-Za-z])$/;
const FILE_EXTENSION =
  /[^./]\.(?:[cm]?[jt]sx?|jsonc?|json5|ya?ml|toml|ini|cfg|conf|mdx?|markdown|rst|adoc|txt|py|pyi|rb|rs|go|java|kts?|scala|cs|cpp|cc|hpp|swift|php|lua|exs?|hs|sh|bash|zsh|ps1|sql|css|scss|less|html?|xml|svg|png|csv|tsv|lock|proto|graphql|gql|tf|vue|svelte|astro|ipynb|gradle|env|log|snap)$/i;
const SHORT_EXTENSION = /[A-Za-z_][\w-]+\.[ch]$/;
const DOT_FILE = /^\.[A-Za-z][\w-]*(?:\.[\w-]+)*$/;
const TOP_FOLDER =
  /^(?:src|tests?|lib|docs?|apps?|packages|bin|scripts?|config|public|examples?|internal|cmd|pkg|spec|\.[A-Za-z][\w-]*)\/[\w.@*-]/;
/** Names of products, not of files. */
const PRODUCT =
  /^(?:node|vue|next|nuxt|react|express|angular|ember|backbone|three|d3|chart|discord|socket|moment|alpine|knockout|p5|day|nest|deno|solid|paper|pixi|polymer|phaser|require|underscore|web3|ethers|redux|koa|sails|meteor|electron|astro|babel|pdf)\.js$/i;

/** File and folder names, and command-line flags, in running text. */
export function pathsAndFlags(prose: string): PromptPart[] {
  return [...prose.matchAll(TOKEN)].flatMap(([token]): PromptPart[] => {
    const word = token.replace(/^\*+|\*+$/g, "").replace(/[.:=*]+$/, "");
    if (word.startsWith("-")) {
      return word
        .split("/")
        .filter((flag) => FLAG.test(flag))
        .map((text) => ({ kind: "flag", text }));
    }
    const path = word.replace(/(?::\d+){1,2}$/, "");
    return isPath(path) ? [{ kind: "path", text: path }] : [];
  });
}

function isPath(token: string): boolean {
  if (token.includes("=") || token.includes("://") || /^\.{2,}[^/]/.test(token)) return false;
  if (token.includes("/")) {
    if (!/[\p{L}_*]/u.test(token) || token.includes("//")) return false;
    const anchored = /^(?:\.{0,2}|~)\/[\p{L}\p{N}_.]/u.test(token);
    return anchored || token.endsWith("/") || TOP_FOLDER.test(token) || hasExtension(token);
  }
  // "all .ts files" names a kind of file, ".gitignore" a file.
  if (DOT_FILE.test(token)) return !hasExtension(`x${token}`) && !/^\.net$/i.test(token);
  return hasExtension(token) && !PRODUCT.test(token);
}

/** No name is longer than its last 255 letters, and a prompt that is one long word must not take for ever. */
function hasExtension(token: string): boolean {
  const path = token.slice(-255);
  return FILE_EXTENSION.test(path) || SHORT_EXTENSION.test(path);
}

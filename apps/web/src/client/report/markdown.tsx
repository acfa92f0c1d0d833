import { type Block, parseMarkdown, parseSpans } from "./parse-markdown.ts";

function Spans({ text }: { readonly text: string }) {
  return parseSpans(text).map((span, index) => {
    const key = `${index}${span.kind}`;
    switch (span.kind) {
      case "code":
        return <code key={key}>{span.text}</code>;
      case "strong":
        return <strong key={key}>{span.text}</strong>;
      case "em":
        return <em key={key}>{span.text}</em>;
      case "text":
        return span.text;
      default:
        return span.kind satisfies never;
    }
  });
}

/** The page's own heading is the first level: a report's begin at the second. */
function Heading({ level, text }: { readonly level: number; readonly text: string }) {
  const words = <Spans text={text} />;
  if (level <= 1) return <h2 className="report-title">{words}</h2>;
  return level === 2 ? <h3>{words}</h3> : <h4>{words}</h4>;
}

function Table({ head, rows }: Extract<Block, { kind: "table" }>) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be scrollable by keys
    <section aria-label={`Table: ${head.join(", ")}`} className="report-table" tabIndex={0}>
      <table>
        <thead>
          <tr>
            {head.map((cell, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a report does not change
              <th key={`${index}${cell}`} scope="col">
                <Spans text={cell} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a report does not change
            <tr key={index}>
              {row.map((cell, column) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a report does not change
                <td key={`${column}${cell}`}>
                  <Spans text={cell} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function BlockOf({ block }: { readonly block: Block }) {
  switch (block.kind) {
    case "heading":
      return <Heading level={block.level} text={block.text} />;
    case "paragraph":
      return (
        <p>
          <Spans text={block.text} />
        </p>
      );
    case "code":
      return (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be scrollable by keys
        <pre tabIndex={0}>
          <code>{block.text}</code>
        </pre>
      );
    case "list": {
      const items = block.items.map((item, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a report does not change
        <li key={`${index}${item}`}>
          <Spans text={item} />
        </li>
      ));
      return block.ordered ? <ol>{items}</ol> : <ul>{items}</ul>;
    }
    case "quote":
      return (
        <blockquote>
          <Spans text={block.text} />
        </blockquote>
      );
    case "table":
      return <Table {...block} />;
    case "rule":
      return <hr />;
    default:
      return block satisfies never;
  }
}

/** Markdown as elements made here; no markup of the text gets through. */
export function Markdown({ source }: { readonly source: string }) {
  return parseMarkdown(source).map((block, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: a report does not change
    <BlockOf block={block} key={index} />
  ));
}

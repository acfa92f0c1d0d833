import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readReportFiles } from "../../src/test-adapters/report-file.ts";

const read = (...texts: string[]) =>
  readReportFiles(texts, "/work/p")?.tests.map(
    ({ file, name, outcome }) => `${file} | ${name}: ${outcome}`,
  ) ?? null;

describe("a report in JUnit's XML", () => {
  it("tells tests, whatever wrote it", () => {
    const surefire = `<?xml version="1.0" encoding="UTF-8"?>
<testsuite name="a.SlugTest" tests="3"><properties><property name="x" value="a &gt; b"/></properties>
  <testcase name="one" classname="a.SlugTest" time="0.01"/>
  <testcase name="t&#119;o &lt;3" classname="a.SlugTest"><failure message="x > y"><![CDATA[</testcase><testcase name="forged">]]></failure></testcase>
  <testcase name="three" classname="a.SlugTest"><skipped/></testcase>
</testsuite>`;
    expect(read(surefire)).toEqual([
      "a.SlugTest | one: passed",
      "a.SlugTest | two <3: failed",
      "a.SlugTest | three: skipped",
    ]);
    const withFiles = `<testsuites><testsuite><testcase name='n' classname='C' file='/work/p/spec/a_spec.rb'><error/></testcase></testsuite><!-- <testcase> --></testsuites>`;
    expect(read(withFiles)).toEqual(["spec/a_spec.rb | C > n: failed"]);
    expect(read(surefire, withFiles)).toHaveLength(4);
  });
  it.each([
    "",
    "<html></html>",
    "<testsuite><testcase name='a'/>",
    "<testsuite></testsuite><testsuite></testsuite>",
    "<testsuite><testcase></testsuite></testcase>",
    "<!DOCTYPE x [<!ENTITY a 'b'>]><testsuite></testsuite>",
    "<testsuite><!-- </testsuite>",
    "<testsuite a=b></testsuite>",
  ])("is none where it is cut short or something else: %s", (text) => expect(read(text)).toBeNull());
  it("is read in time that grows with its length alone", () => {
    for (const piece of ["<!--", "<a ", "<![CDATA[", "<a b='", "<testsuite>", "&#x"]) {
      const begun = Date.now();
      read(piece.repeat(300_000));
      expect(Date.now() - begun).toBeLessThan(2000);
    }
  });
  it("never throws, whatever it holds", () => {
    const piece = fc.constantFrom(
      "<",
      ">",
      "testsuite",
      "testcase",
      " name='a'",
      "/",
      "&#1114112;",
      "<!--",
      "-->",
      "x",
    );
    fc.assert(fc.property(fc.array(piece), (pieces) => void read(pieces.join(""))));
  });
});

describe("a report in the Common Test Report Format", () => {
  it("tells tests", () => {
    const tests = [
      { name: "one", status: "passed", duration: 1, suite: "S", filePath: "/work/p/test/a.js" },
      { name: "two", status: "failed", duration: 1, suite: ["S", "T"] },
      { name: "three", status: "pending", duration: 1 },
    ];
    const text = JSON.stringify({ reportFormat: "CTRF", specVersion: "0.0.0", results: { tool: {}, tests } });
    expect(read(text)).toEqual([
      "test/a.js | S > one: passed",
      " | S > T > two: failed",
      " | three: skipped",
    ]);
  });
  it.each(["{", "{}", '{"results":{"tests":[{"name":"a","status":"great"}]}}'])(
    "is none where it is something else: %s",
    (text) => expect(read(text)).toBeNull(),
  );
});

/** What a file is, judged by its path alone, over many languages. Paths are relative, with slashes. */

const SOURCE =
  /\.(?:[cm]?[jt]sx?|vue|svelte|astro|py|pyi|pyx|rb|rs|go|java|kt|kts|scala|groovy|clj[cs]?|cs|fs|vb|c|cc|cpp|cxx|h|hh|hpp|hxx|m|mm|swift|dart|php|pl|pm|lua|r|jl|ex|exs|erl|hrl|hs|ml|mli|elm|nim|zig|d|v|sol|sh|bash|zsh|fish|ps1|sql|css|scss|sass|less|html?|tf|proto|graphql|gql|awk|bat|cmd|coffee|ejs|hbs|pug|nix|tcl|vbs|cu|cuh|asm|f90|f95|pas|adb|ads|lisp|scm|rkt|vim|jq|cue|rego|bicep|jsonnet|gd|svx|cr|fnl|hx)$/i;

const TEST_FOLDER =
  /(?:^|\/)(?:tests?|unittests?|__tests__|specs?|e2e|testdata|test-data|fixtures?|__fixtures__|__mocks__|__snapshots__|snapshots|goldens?|cypress)\/|^x?t\//i;
const TEST_NAME =
  /(?:^|[._-])(?:test|tests|spec|e2e)\.[^./]+$|\.(?:test|spec|e2e)\.[^/]+$|^test[._-][^/]*$|[a-z0-9](?:Tests?|Spec|IT)\.(?:java|kt|scala|groovy|cs|fs|vb|swift|php)$|^conftest\.py$|\.(?:snap|golden|approved\.txt|bats|feature)$/;

const DOC_NAME =
  /^(?:readme|changelog|changes|contributing|contributors|authors|maintainers|license|licence|copying|notice)(?:-[a-z0-9.]+)?(?:\.txt)?$/i;
const DOC_EXTENSION = /\.(?:md|markdown|rst|adoc|asciidoc)$/i;
const DOC_FOLDER_EXTENSION = /\.(?:mdx|txt|png|jpe?g|gif|svg|webp|pdf)$/i;

/** A test, or what tests rest on: helpers, fixtures, snapshots, goldens. */
export function isTestFile(path: string): boolean {
  return (TEST_FOLDER.test(path) || TEST_NAME.test(baseName(path))) && !isText(path);
}

/** A source that is no test, of a language that keeps tests beside what they test: only its text tells of any. */
export function mayHoldTests(path: string): boolean {
  return path.endsWith(".rs") && !isTestFile(path);
}

const KEPT_FOR_TESTS =
  /(?:^|\/)(?:testdata|test-data|fixtures?|__\w+__|snapshots|goldens?)\/|\.(?:snap|golden|approved\.[^./]+)$/i;

/** A text for people, though its name or its folder speak of tests: `docs/testing.md`, `api-spec.md`, `test/README.md`. */
function isText(path: string): boolean {
  const name = baseName(path);
  if (!DOC_EXTENSION.test(name) || KEPT_FOR_TESTS.test(path)) return false;
  return (
    !TEST_FOLDER.test(path) || /(?:^|\/)docs?\//i.test(path) || DOC_NAME.test(name.replace(/\.\w+$/, ""))
  );
}

const SETTINGS =
  /\.(?:jsonc?|json5|ya?ml|toml|ini|cfg|conf|config|properties|env|xml|plist|csv|tsv)$|^\.env/i;

/** What programs read: settings and data. */
export function isSettings(path: string): boolean {
  return SETTINGS.test(baseName(path));
}

const SNAPSHOT =
  /(?:^|\/)(?:__snapshots__|__image_snapshots__|snapshots|goldens?)\/|\.(?:snap|golden|approved\.[^./]+)$/i;

/** What tests expect, kept in a file of its own. */
export function isSnapshot(path: string): boolean {
  return SNAPSHOT.test(path);
}

/** Documentation and nothing else: no program reads it. */
export function isDocFile(path: string): boolean {
  if (isProtected(path) || isTestFile(path)) return false;
  const name = baseName(path);
  if (DOC_EXTENSION.test(name)) return true;
  if (DOC_NAME.test(name)) return true;
  return /(?:^|\/)docs?\//i.test(path) && DOC_FOLDER_EXTENSION.test(name);
}

export function isSourceFile(path: string): boolean {
  return SOURCE.test(baseName(path));
}

const PROTECTED_FOLDER =
  /(?:^|\/)(?:node_modules|site-packages|[^/]+\.(?:dist|egg)-info|\.venv|\.yarn|\.claude|\.pm|\.git[^/]*|\.circleci|\.buildkite|\.woodpecker|\.husky|\.ci|\.teamcity|\.semaphore|\.azure-pipelines|\.forgejo|\.tekton|\.cargo|\.mvn|\.config|\.vscode|\.idea|\.cursor|\.zed|\.moon|\.builds)\//i;
/** Where agents and editors read their orders, and what they run on opening a folder. */
const AGENT_FOLDER =
  /(?:^|\/)\.(?:agents?|claude-plugin|aider[^/]*|amazonq|augment|clinerules|codeium|codex|continue|copilot|crush|devcontainer|factory|fleet|gemini|goose|idx|junie|kilocode|kiro|nvim|opencode|openhands|qwen|roo[^/]*|rules|trae|vim|windsurf)\//i;
/** In small letters they are ordinary documents, but for the root's: not every file system tells them apart. */
const AGENT_DOCUMENT =
  /(?:^|\/)(?:AGENTS?|CLAUDE|CODEX|CRUSH|GEMINI|QWEN|WARP)(?:\.(?:local|override))?\.md$|^[Aa][Gg][Ee][Nn][Tt][Ss]\.md$|^[Cc][Ll][Aa][Uu][Dd][Ee]\.md$|^[Gg][Ee][Mm][Ii][Nn][Ii]\.md$/;
const PROTECTED_NAME: readonly RegExp[] = [
  // Version control and CI.
  /^\.git/i,
  /^(?:\.travis|\.gitlab-ci|\.drone|\.woodpecker|\.appveyor|appveyor|azure-pipelines|bitbucket-pipelines|cloudbuild|codecov|\.codecov|\.pre-commit-config|lefthook|\.lefthook)\.ya?ml$/i,
  /^(?:\.cirrus|wercker|circle|buildkite|\.codeclimate|\.?coveralls)\.ya?ml$/i,
  /^(?:jenkins|danger)file/i,
  /^(?:coveralls\.json|sonar-project\.properties|dangerfile\.[cm]?[jt]s)$/i,
  /^(?:buildspec|bitrise|codemagic|\.zuul|\.evergreen|\.prow|\.taskcluster|\.?semaphore|screwdriver|\.sourcehut|\.build)\.ya?ml$/i,
  /^(?:earthfile|netlify\.toml|vercel\.json|fly\.toml|render\.ya?ml|app\.ya?ml|procfile)$/i,
  // Lock files.
  /^(?:package-lock|npm-shrinkwrap|packages\.lock|composer\.lock)(?:\.json)?$/i,
  /^(?:yarn|cargo|poetry|pipfile|uv|pdm|bun|deno|gemfile|mix|flake|podfile|pubspec|pixi)\.lock$/i,
  /^(?:pnpm-lock\.yaml|bun\.lockb|go\.sum|go\.work\.sum|gradle\.lockfile|conan\.lock)$/i,
  // Lint, format and type checks.
  /^\.(?:eslint|prettier|stylelint|commitlint|oxlint|biome|dependency-cruiser|lintstaged|lint-staged|swc|babel|markdownlint|markdownlint-cli2)(?:rc|ignore)?(?:\.[a-z]+)*$|^(?:eslint|prettier|stylelint|commitlint|oxlint|biome|dependency-cruiser|lintstaged|lint-staged|swc|babel|markdownlint|markdownlint-cli2)\.config(?:\.[a-z]+)*$|^biome\.jsonc?$/i,
  /^(?:tslint|knip|jsconfig|pyrightconfig|deno)\.jsonc?$/i,
  /^tsconfig(?:\.[^/]+)?\.json$/i,
  /^\.?(?:pylintrc|flake8|isort\.cfg|bandit|yamllint(?:\.ya?ml)?|editorconfig|shellcheckrc|hadolint\.ya?ml)$/i,
  /^\.?(?:mypy\.ini|ruff\.toml|clippy\.toml|rustfmt\.toml|rubocop(?:_todo)?\.yml|golangci\.(?:ya?ml|toml|json)|swiftlint\.yml)$/i,
  /^(?:phpstan\.neon(?:\.dist)?|psalm\.xml(?:\.dist)?|checkstyle\.xml|phpcs\.xml(?:\.dist)?)$/i,
  /^\.(?:jshint|jscs|csslint|htmlhint|remark|textlint|solhint|luacheck|depcheck|syncpack|oxfmt|dprint)(?:rc|ignore)(?:\.[a-z]+)*$/i,
  /^\.?dprint\.jsonc?$|^\.htmlvalidate\.[^/]+$|^\.?vale\.ini$|^\.ls-lint\.ya?ml$|^\.jscpd\.json$|^(?:xo|htmlhint|htmlvalidate)\.config\.[^/]+$/i,
  /^\.?(?:size-limit|bundlewatch|lighthouserc)\.[^/]+$|^\.size-limit$|^\.lighthouserc$/i,
  /^\.?flowconfig$|^\.clang-(?:tidy|format)$|^analysis_options\.yaml$|^staticcheck\.conf$|^detekt[^/]*\.yml$|^\.scala(?:fmt|fix)\.conf$|^\.hlint\.yaml$|^scalastyle[^/]*\.xml$/i,
  /^(?:next|nuxt|craco)(?:[.-]config)(?:\.[a-z]+)*$/i,
  // Hooks.
  /^\.(?:husky|overcommit)(?:rc)?(?:\.[a-z]+)*$|^\.?simple-git-hooks\.[^/]+$|^\.?lefthook(?:-local)?\.(?:ya?ml|toml|json)$/i,
  // What runs tests and installs, and how.
  /^(?:vite|vitest|rstest|jest|karma|ava|playwright|cypress|wdio|nyc|c8|web-test-runner|mocha)\.(?:config|conf|workspace|setup)(?:\.[a-z]+)*$/i,
  /^(?:vite|vitest|jest)(?!.*\.(?:test|spec)\.)(?:\.[\w-]+)+\.(?:[cm]?[jt]s|json)$/i,
  /^(?:mocha\.opts|\.?jasmine\.(?:json|[cm]?js)|cucumber\.(?:[cm]?js|json|ya?ml)|\.?behave(?:rc|\.ini)|testem\.(?:[cm]?js|json)|xunit\.runner\.json|coverlet\.json)$/i,
  /^(?:stryker|nightwatch|codecept)\.conf(?:ig)?\.[^/]+$|\.runsettings$/i,
  /^(?:nose2|unittest)\.cfg$|^\.(?:stestr\.conf|proverc|testcaferc[^/]*|labrc\.[cm]?js|justrc)$|^phpunit\.dist\.xml$/i,
  /^(?:jest|vitest|mocha|test)[-.](?:setup|preset|env|environment|globals?)\.(?:[cm]?[jt]sx?|json)$/i,
  // What builds them, and says in which way their tests run.
  /^(?:cargo\.toml|pom\.xml|(?:build|settings)\.gradle(?:\.kts)?|gradle\.properties|build\.sbt|mix\.exs|bunfig\.toml|go\.work|directory\.(?:build|packages)\.(?:props|targets))$/i,
  /^(?:turbo|nx|lerna|project|angular)\.json$|^pnpm-workspace\.yaml$|\.mk$|^magefile\.go$/i,
  /^(?:rust-toolchain(?:\.toml)?|\.tool-versions|\.?mise\.toml|\.(?:python|ruby|java|go)-version|\.envrc|\.env(?:\.test(?:\.local)?)?)$/i,
  /^(?:pytest|uv|hatch|pdm|poetry|deny|pest)\.(?:toml|xml)$|\.pth$|\.py[co]$/i,
  /^\.(?:mocharc|nycrc|c8rc|taprc|rspec|coveragerc|npmrc|yarnrc|pnpmfile|node-version|nvmrc)(?:\.[a-z]+)*$/i,
  /^(?:conftest|sitecustomize|usercustomize|noxfile|setup)\.py$/i,
  /^(?:pytest\.ini|\.pytest\.ini|tox\.ini|setup\.cfg|pyproject\.toml|phpunit\.xml(?:\.dist)?|nextest\.toml)$/i,
  /^(?:gnu)?makefile$/i,
  /^(?:\.?justfile|taskfile(?:\.dist)?\.ya?ml|rakefile|build\.rs|binding\.gyp)$/i,
  /^(?:gulp|grunt|jake|cake)file(?:\.babel)?(?:\.(?:[cm]?[jt]s|coffee|ls))?$/i,
  /^(?:moon\.ya?ml|rush\.json|lage\.config\.[^/]+|build\.xml|\.bazelrc|\.bazelversion)$/i,
  /^(?:setup[-_.]?(?:tests?|vitest|jest)|tests?[-_.]setup|global[-_.]?setup)\.(?!md$)[^/]+$/i,
  /^\.pnp\.[^/]+$/i,
  // What agents and editors are told, and what they run on opening a folder.
  /^\.?mcp\.json$/i,
  /^\.(?:cursor|windsurf|cline|roo|continue|kilocode)(?:rules|modes|ignore|indexingignore)(?:-[\w-]+)?$/i,
  /^\.(?:aider.*|aiexclude|augment-guidelines|goosehints|goosefile|geminiignore|codeiumignore|rules)$/i,
  /^\.?(?:opencode|crush)\.jsonc?$/i,
  /^\.devcontainer\.json$|\.code-workspace$|^\.(?:exrc|vimrc|nvimrc|lvimrc|nvim\.lua|dir-locals\.el)$/i,
  // Who has to look at a change, and what scanners look away from.
  /^codeowners$/i,
  /^\.(?:snyk|nsprc|auditrc|(?:semgrep|trivy|trufflehog|checkov|tfsec|bandit)ignore|secrets\.baseline|whitesource)$/i,
  /^\.?(?:semgrep|trivy|checkov|tfsec|tflint|osv-scanner|audit-ci)\.(?:ya?ml|toml|jsonc?|hcl)$/i,
  /^(?:renovate\.json5?|\.renovaterc(?:\.json5?)?)$/i,
];

/** `python -m` looks at the project's root first: such a module there takes the place of the runner, or of what it uses. */
const SHADOWING =
  /^(?:_pytest|abc|aifc|antigravity|argparse|array|ast|asynchat|asyncio|asyncore|atexit|audioop|base64|bdb|binascii|bisect|builtins|bz2|cProfile|calendar|cgi|cgitb|chunk|cmath|cmd|code|codecs|codeop|collections|colorsys|compileall|concurrent|configparser|contextlib|contextvars|copy|copyreg|coverage|crypt|csv|ctypes|curses|dataclasses|datetime|dbm|decimal|difflib|dis|distutils|doctest|email|encodings|ensurepip|enum|errno|faulthandler|fcntl|filecmp|fileinput|fnmatch|fractions|ftplib|functools|gc|genericpath|getopt|getpass|gettext|glob|graphlib|grp|gzip|hashlib|heapq|hmac|html|http|idlelib|imaplib|imghdr|imp|importlib|iniconfig|inspect|io|ipaddress|itertools|json|keyword|lib2to3|linecache|locale|logging|lzma|mailbox|mailcap|marshal|math|mimetypes|mmap|modulefinder|msilib|msvcrt|multiprocessing|netrc|nis|nntplib|nose2?|nt|ntpath|nturl2path|numbers|opcode|operator|optparse|os|ossaudiodev|packaging|pathlib|pdb|pickle|pickletools|pipes|pkgutil|platform|plistlib|pluggy|poplib|posix|posixpath|pprint|profile|pstats|pty|pwd|py|py_compile|pyclbr|pydoc|pydoc_data|pyexpat|pygments|pytest|queue|quopri|random|re|readline|reprlib|resource|rlcompleter|runpy|sched|secrets|select|selectors|shelve|shlex|shutil|signal|site|smtpd|smtplib|sndhdr|socket|socketserver|spwd|sqlite3|sre_compile|sre_constants|sre_parse|ssl|stat|statistics|string|stringprep|struct|subprocess|sunau|symtable|sys|sysconfig|syslog|tabnanny|tarfile|telnetlib|tempfile|termios|textwrap|this|threading|time|timeit|tkinter|token|tokenize|tomllib|tox|trace|traceback|tracemalloc|tty|turtle|turtledemo|types|typing|unicodedata|unittest|urllib|uu|uuid|venv|warnings|wave|weakref|webbrowser|winreg|winsound|wsgiref|xdrlib|xml|xmlrpc|zipapp|zipfile|zipimport|zlib|zoneinfo)(?:\.py|\/__(?:init|main)__\.py)$/;

/**
 * Files by which checks, tests, installs or the agent itself could be bent: allowed only where the person names them.
 * What package.json files say of scripts and tools is judged apart, by their content.
 */
export function isProtected(path: string): boolean {
  const name = baseName(path);
  return (
    PROTECTED_FOLDER.test(path) ||
    AGENT_FOLDER.test(path) ||
    AGENT_DOCUMENT.test(path) ||
    SHADOWING.test(path) ||
    PROTECTED_NAME.some((pattern) => pattern.test(name))
  );
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

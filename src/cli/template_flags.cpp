#include "cli/template_flags.h"

namespace rhumb::cli {
namespace {

using enum FlagType;

// The order and the words are those of `helm template --help`, then rhumb's own.
constexpr FlagRow rows[] = {
    {"api-versions", 'a', text_slice,
     "Kubernetes api versions used for Capabilities.APIVersions (multiple can be specified)"},
    {"create-namespace", 0, boolean, "accepted, without effect offline"},
    {"dependency-update", 0, boolean, "refused where a dependency is missing: rhumb never uses the network"},
    {"description", 0, text, "accepted, without effect offline"},
    {"devel", 0, boolean, "accepted, without effect on a local chart"},
    {"disable-openapi-validation", 0, boolean, "accepted, without effect offline"},
    {"dry-run", 0, text, "'client' (default); 'server' is refused: rhumb never contacts a cluster", "unset"},
    {"enable-dns", 0, boolean, "enable DNS lookups when rendering templates"},
    {"force", 0, boolean, "accepted, without effect offline", {}, "use --force-replace instead", true},
    {"force-conflicts", 0, boolean, "accepted, without effect offline"},
    {"force-replace", 0, boolean, "accepted, without effect offline"},
    {"generate-name", 'g', boolean, "accepted; the name stays release-name, as in Helm"},
    {"hide-notes",
     0,
     boolean,
     "",
     {},
     "this flag has no effect for 'helm template' and will be removed in Helm 5",
     true},
    {"include-crds", 0, boolean, "include CRDs in the templated output"},
    {"is-upgrade", 0, boolean, "set .Release.IsUpgrade instead of .Release.IsInstall"},
    {"kube-version", 0, text, "Kubernetes version used for Capabilities.KubeVersion"},
    {"labels", 'l', text_to_text, "accepted; a reserved name is an error, as in Helm"},
    {"name-template", 0, text, "specify template used to name the release"},
    {"no-hooks", 0, boolean, "leave hooks out"},
    {"output-dir", 0, text, "writes the executed templates to files in output-dir instead of stdout"},
    {"post-renderer", 0, post_renderer, "refused: rhumb runs no plugins"},
    {"post-renderer-args", 0, text_array, "refused without a post-renderer, as in Helm"},
    {"release-name", 0, boolean, "use release name in the output-dir path."},
    {"render-subchart-notes",
     0,
     boolean,
     "",
     {},
     "this flag has no effect for 'helm template' and will be removed in Helm 5",
     true},
    {"replace", 0, boolean, "accepted, without effect offline"},
    {"rollback-on-failure", 0, boolean, "accepted, without effect offline"},
    {"atomic", 0, boolean, "accepted, without effect offline", {}, "use --rollback-on-failure instead", true},
    {"server-side", 0, boolean, "accepted, without effect offline"},
    {"set", 0, text_array,
     "set values on the command line (can specify multiple or separate values with commas: key1=val1,key2=val2)"},
    {"set-file", 0, text_array,
     "set values from respective files specified via the command line (can specify multiple or separate values with "
     "commas: key1=path1,key2=path2)"},
    {"set-json", 0, text_array,
     "set JSON values on the command line (key1=jsonval1,key2=jsonval2, or {\"key1\": jsonval1})"},
    {"set-literal", 0, text_array, "set a literal STRING value on the command line"},
    {"set-string", 0, text_array,
     "set STRING values on the command line (can specify multiple or separate values with commas: "
     "key1=val1,key2=val2)"},
    {"show-only", 's', text_array, "only show manifests rendered from the given templates"},
    {"skip-crds", 0, boolean, "accepted, without effect offline"},
    {"skip-schema-validation", 0, boolean, "if set, disables JSON schema validation"},
    {"skip-tests", 0, boolean, "skip tests from templated output"},
    {"take-ownership", 0, boolean, "accepted, without effect offline"},
    {"timeout", 0, duration, "accepted, without effect offline"},
    {"validate", 0, boolean, "refused: rhumb never contacts a cluster", {}, "use '--dry-run=server' instead", true},
    {"values", 'f', text_slice, "specify values in a YAML file (can specify multiple; - is standard input)"},
    {"wait", 0, wait_strategy, "accepted, without effect offline", "watcher"},
    {"wait-for-jobs", 0, boolean, "accepted, without effect offline"},
    // Where to get a chart from: accepted for a local chart, refused where the network would be needed.
    {"ca-file", 0, text, "accepted, without effect on a local chart"},
    {"cert-file", 0, text, "accepted, without effect on a local chart"},
    {"insecure-skip-tls-verify", 0, boolean, "accepted, without effect on a local chart"},
    {"key-file", 0, text, "accepted, without effect on a local chart"},
    {"keyring", 0, text, "accepted, without effect on a local chart"},
    {"pass-credentials", 0, boolean, "accepted, without effect on a local chart"},
    {"password", 0, text, "accepted, without effect on a local chart"},
    {"plain-http", 0, boolean, "accepted, without effect on a local chart"},
    {"repo", 0, text, "refused: rhumb never uses the network"},
    {"username", 0, text, "accepted, without effect on a local chart"},
    {"verify", 0, boolean, "refused: rhumb verifies no signatures"},
    {"version", 0, text, "accepted, without effect on a local chart"},
    // Helm's global flags.
    {"burst-limit", 0, integer, "accepted, without effect offline"},
    {"color", 0, text, "use colored output (never, auto, always)"},
    {"colour", 0, text, "use colored output (never, auto, always)"},
    {"content-cache", 0, text, "accepted, without effect offline"},
    {"debug", 0, boolean, "enable verbose output; a rendering that fails is printed all the same"},
    {"kube-apiserver", 0, text, "accepted, without effect offline"},
    {"kube-as-group", 0, text_array, "accepted, without effect offline"},
    {"kube-as-user", 0, text, "accepted, without effect offline"},
    {"kube-ca-file", 0, text, "accepted, without effect offline"},
    {"kube-context", 0, text, "name of the kubeconfig context whose namespace is used"},
    {"kube-insecure-skip-tls-verify", 0, boolean, "accepted, without effect offline"},
    {"kube-tls-server-name", 0, text, "accepted, without effect offline"},
    {"kube-token", 0, text, "accepted, without effect offline"},
    {"kubeconfig", 0, text, "path to the kubeconfig file that names the namespace"},
    {"namespace", 'n', text, "namespace scope for this request"},
    {"qps", 0, float32, "accepted, without effect offline"},
    {"registry-config", 0, text, "accepted, without effect offline"},
    {"repository-cache", 0, text, "accepted, without effect offline"},
    {"repository-config", 0, text, "accepted, without effect offline"},
    // rhumb's own.
    {"compat", 0, text, "render as another Helm: helm4 (default, 4.3.1) or helm3 (3.22)"},
    {"deterministic", 0, boolean, "a fixed clock and fixed random bytes, so that two runs can be compared"},
    {"stats", 0, boolean, "print on standard error where the time went"},
    {"verbose", 0, boolean, "tell on standard error what is read, and what takes how long"},
    {"traced",
     0,
     boolean,
     "keep origins and traces while rendering, as the linter does; the output is the same",
     {},
     {},
     true},
    {"limit-output", 0, integer, "most bytes of output, and of any string on the way (default 268435456)"},
    {"limit-memory", 0, integer, "most bytes of values and strings of a rendering (default 2147483648)"},
    {"limit-chart", 0, integer, "most bytes of a chart, unpacked (default 104857600)"},
    {"limit-regex", 0, integer, "most bytes of a regular expression (default 65536)"},
    {"limit-list", 0, integer, "most elements that one call may make (default 10000000)"},
    {"limit-steps", 0, integer, "most template nodes that a rendering may execute (default 2000000000)"},
    {"limit-template-depth", 0, integer, "most templates within each other (default 100000)"},
    {"limit-include-depth", 0, integer, "most includes of one name within each other (default 1000)"},
    {"limit-yaml-depth", 0, integer, "most YAML collections within each other (default 10000)"},
};

}  // namespace

std::span<const FlagRow> template_flags() { return rows; }

bool takes_next_argument(std::string_view argument) {
  for (const FlagRow& row : rows) {
    const bool named = argument.starts_with("--") ? argument.substr(2) == row.name
                                                  : argument.size() == 2 && argument[1] == row.shorthand;
    if (named) return row.type != boolean && row.bare_value.empty();
  }
  return false;
}

}  // namespace rhumb::cli

// Everything that rhumb.yaml can have wrong, message and place compared whole.
#include <gtest/gtest.h>

#include "project/document.h"
#include "unit/project/world.h"

namespace rhumb {
namespace {

struct ErrorRow {
  const char* name;
  std::string text;
  const char* message;
};

std::string repeated(std::string_view text, int times) {
  std::string out;
  for (int i = 0; i < times; ++i) out += text;
  return out;
}

/// A chart with one environment, whose keys are these lines.
std::string environment(const std::string& lines) {
  return "charts:\n  - path: charts/tms\n    environments:\n      dev:\n" + lines;
}

const std::vector<ErrorRow>& rows() {
  static const std::vector<ErrorRow> table{
      {"unknown key at the top", "chart: []\n", "rhumb.yaml:1:1: unknown key 'chart'; did you mean 'charts'?"},
      {"unknown key without a near one", "zzz: 1\n",
       "rhumb.yaml:1:1: unknown key 'zzz'; known here: version, presets, rules, ignores, productionTiers, closedWorld, "
       "baseline, exclude, defaults, charts"},
      {"unknown key in another case", "closedworld: true\n",
       "rhumb.yaml:1:1: unknown key 'closedworld'; did you mean 'closedWorld'?"},
      {"unknown key of a chart", "charts:\n  - path: charts/tms\n    enviroments: {}\n",
       "rhumb.yaml:3:5: unknown key 'enviroments'; did you mean 'environments'?"},
      {"unknown key of an environment", environment("        releas: x\n"),
       "rhumb.yaml:5:9: unknown key 'releas'; did you mean 'release'?"},
      {"unknown key of an environment, snake case", environment("        kube_version: '1.31'\n"),
       "rhumb.yaml:5:9: unknown key 'kube_version'; did you mean 'kubeVersion'?"},
      {"unknown key of defaults", "defaults:\n  tiers: staging\n",
       "rhumb.yaml:2:3: unknown key 'tiers'; did you mean 'tier'?"},
      {"a name among defaults", "defaults:\n  name: dev\n",
       "rhumb.yaml:2:3: unknown key 'name'; did you mean 'namespace'?"},
      {"unknown key of an ignore", "ignores:\n  - rule: plaintext-secret\n    reson: test data\n",
       "rhumb.yaml:2:5: 'reason' is missing\nrhumb.yaml:3:5: unknown key 'reson'; did you mean 'reason'?"},
      {"a key that cannot be printed", "\"a\\e[31m\\nb\": 1\n",
       "rhumb.yaml:1:1: unknown key 'a\\x1b[31m\\nb'; known here: version, presets, rules, ignores, productionTiers, "
       "closedWorld, baseline, exclude, defaults, charts"},
      {"a long key", repeated("long", 30) + ": 1\n",
       "rhumb.yaml:1:1: unknown key 'longlonglonglonglonglonglonglonglonglonglonglonglonglonglong...'; known here: "
       "version, presets, rules, ignores, productionTiers, closedWorld, baseline, exclude, defaults, charts"},
      {"merge key", "defaults: &d\n  tier: staging\ncharts:\n  charts/tms:\n    defaults:\n      <<: *d\n",
       "rhumb.yaml:6:7: unknown key '<<'; keys are not merged here, see 'defaults'"},
      {"key twice at the top", "version: 1\nclosedWorld: true\nversion: 1\n",
       "rhumb.yaml:3:1: the key 'version' is given twice, first in line 1"},
      {"key twice in an environment", environment("        tier: staging\n        tier: staging\n"),
       "rhumb.yaml:6:9: the key 'tier' is given twice, first in line 5"},
      {"environment twice in a map", "charts:\n  charts/tms:\n    environments:\n      dev: {}\n      dev: {}\n",
       "rhumb.yaml:5:7: the key 'dev' is given twice, first in line 4"},
      {"environment twice in a list",
       "charts:\n  charts/tms:\n    environments:\n      - name: dev\n      - name: dev\n",
       "rhumb.yaml:5:15: the environment 'dev' is given twice"},
      {"chart twice in a list", "charts:\n  - charts/tms\n  - path: ./charts/tms\n",
       "rhumb.yaml:3:11: the chart 'charts/tms' is given twice"},
      {"chart twice in a map", "charts:\n  charts/tms:\n  charts/tms:\n",
       "rhumb.yaml:3:3: the key 'charts/tms' is given twice, first in line 2"},
      {"rule twice", "rules:\n  plaintext-secret: off\n  plaintext-secret: error\n",
       "rhumb.yaml:3:3: the key 'plaintext-secret' is given twice, first in line 2"},
      {"parameter twice", "rules:\n  too-few-replicas:\n    minimum: 1\n    minimum: 2\n",
       "rhumb.yaml:4:5: the key 'minimum' is given twice, first in line 3"},
      {"root is a list", "- a\n", "rhumb.yaml:1:1: must be a map, not a list"},
      {"root is a text", "\n  hello\n", "rhumb.yaml:2:3: must be a map, not text"},
      {"charts is text", "charts: charts/tms\n",
       "rhumb.yaml:1:9: 'charts' must be a list or a map of charts, not text"},
      {"charts holds a list", "charts:\n  - [charts/tms]\n", "rhumb.yaml:2:5: a chart must be a map, not a list"},
      {"a chart of a map is text", "charts:\n  charts/tms: staging\n",
       "rhumb.yaml:2:15: a chart must be a map, not text"},
      {"a chart of a list is nothing", "charts:\n  - charts/tms\n  -\n",
       "rhumb.yaml:3:3: a chart must be a map, not nothing"},
      {"a chart without a path", "charts:\n  - environments: {dev: {}}\n", "rhumb.yaml:2:5: 'path' is missing"},
      {"a chart with an empty path", "charts:\n  - path: ''\n", "rhumb.yaml:2:11: 'path' is empty"},
      {"a chart that is missing", "charts:\n  - charts/tsm\n",
       "rhumb.yaml:2:5: the chart 'charts/tsm' does not exist; did you mean 'charts/tms'?"},
      {"a chart that is missing, far from all", "charts:\n  - path: stacks/production\n",
       "rhumb.yaml:2:11: the chart 'stacks/production' does not exist"},
      {"a folder that is no chart", "charts:\n  charts/empty: {}\n",
       "rhumb.yaml:2:3: 'charts/empty' is no chart: it holds no Chart.yaml"},
      {"environments is text", "charts:\n  charts/tms:\n    environments: dev\n",
       "rhumb.yaml:3:19: 'environments' must be a map or a list of environments, not text"},
      {"environments is nothing", "charts:\n  charts/tms:\n    environments:\n",
       "rhumb.yaml:3:17: 'environments' must be a map or a list of environments, not nothing"},
      {"environments is empty", "charts:\n  charts/tms:\n    environments: {}\n",
       "rhumb.yaml:3:19: 'environments' holds none"},
      {"an environment is text", "charts:\n  charts/tms:\n    environments:\n      dev: values/dev.yaml\n",
       "rhumb.yaml:4:12: an environment must be a map, not text"},
      {"an environment without a name", "charts:\n  charts/tms:\n    environments:\n      - tier: staging\n",
       "rhumb.yaml:4:9: 'name' is missing"},
      {"an environment in a list is text", "charts:\n  charts/tms:\n    environments:\n      - dev\n",
       "rhumb.yaml:4:9: an environment must be a map, not text"},
      {"an environment with a name that is a list", "charts:\n  charts/tms:\n    environments:\n      - name: [dev]\n",
       "rhumb.yaml:4:15: 'name' must be text, not a list"},
      {"an environment with a blank name", "charts:\n  charts/tms:\n    environments:\n      'a b': {}\n",
       "rhumb.yaml:4:7: the name of an environment is made of letters, digits, '-', '_' and '.', not 'a b'"},
      {"an environment with an empty name", "charts:\n  charts/tms:\n    environments:\n      '': {}\n",
       "rhumb.yaml:4:7: the name of an environment is made of letters, digits, '-', '_' and '.', not ''"},
      {"release is a list", environment("        release: [a]\n"),
       "rhumb.yaml:5:18: 'release' must be text, not a list"},
      {"release is nothing", environment("        release:\n        tier: staging\n"),
       "rhumb.yaml:5:16: 'release' must be text, not nothing"},
      {"release is empty", environment("        release: ''\n"), "rhumb.yaml:5:18: 'release' is empty"},
      {"release is no release name", environment("        release: My_Release\n"),
       "rhumb.yaml:5:18: 'release' must be the name of a release (at most 53 lower-case letters, digits, '-' and '.'), "
       "not 'My_Release'"},
      {"namespace is no label", environment("        namespace: a.b\n"),
       "rhumb.yaml:5:20: 'namespace' must be the name of a namespace (at most 63 lower-case letters, digits and '-'), "
       "not 'a.b'"},
      {"tier is unknown, near one", environment("        tier: prodution\n"),
       "rhumb.yaml:5:15: 'tier' must be development, staging or production, not 'prodution'; did you mean "
       "'production'?"},
      {"tier is unknown, the beginning of one", environment("        tier: prod\n"),
       "rhumb.yaml:5:15: 'tier' must be development, staging or production, not 'prod'; did you mean 'production'?"},
      {"tier is unknown, near none", environment("        tier: qa\n"),
       "rhumb.yaml:5:15: 'tier' must be development, staging or production, not 'qa'"},
      {"tier is a map", environment("        tier: {a: b}\n"), "rhumb.yaml:5:15: 'tier' must be text, not a map"},
      {"profile is unknown", environment("        profile: loomwork\n"),
       "rhumb.yaml:5:18: 'profile' must be tms or loomworks, not 'loomwork'; did you mean 'loomworks'?"},
      {"kubeVersion is no version", environment("        kubeVersion: latest\n"),
       "rhumb.yaml:5:22: 'kubeVersion' must be a version of Kubernetes, as in 1.31, not 'latest'"},
      {"kubeVersion is one number", environment("        kubeVersion: 1\n"),
       "rhumb.yaml:5:22: 'kubeVersion' must be a version of Kubernetes, as in 1.31, not '1'"},
      {"apiVersions is text", environment("        apiVersions: monitoring.coreos.com/v1\n"),
       "rhumb.yaml:5:22: 'apiVersions' must be a list, not text"},
      {"apiVersions holds a map", environment("        apiVersions: [{a: b}]\n"),
       "rhumb.yaml:5:23: 'apiVersions' must be a list of texts, not of a map"},
      {"apiVersions holds an empty text", environment("        apiVersions: [a/v1, '']\n"),
       "rhumb.yaml:5:29: 'apiVersions' holds an empty text"},
      {"region is a zone", environment("        region: ap-south-1a\n"),
       "rhumb.yaml:5:17: 'region' must be a region, as in eu-central-1, not 'ap-south-1a'"},
      {"account is short", environment("        account: '123'\n"),
       "rhumb.yaml:5:18: 'account' must be an account number of twelve digits, not '123'"},
      {"values is text", environment("        values: values/dev.yaml\n"),
       "rhumb.yaml:5:17: 'values' must be a list, not text"},
      {"values names a file that is missing",
       environment("        values:\n          - values/common.yaml\n          - values/dve.yaml\n"),
       "rhumb.yaml:7:13: the values file 'values/dve.yaml' does not exist; did you mean 'values/dev.yaml'?"},
      {"values names a folder", environment("        values: [values]\n"),
       "rhumb.yaml:5:18: the values file 'values' is a folder"},
      {"values names a file in a folder that is missing", environment("        values: [nowhere/dev.yaml]\n"),
       "rhumb.yaml:5:18: the values file 'nowhere/dev.yaml' does not exist"},
      {"set without a value", environment("        set: [replicas]\n"),
       "rhumb.yaml:5:15: 'set': key \"replicas\" has no value"},
      {"set is text", environment("        set: a=b\n"), "rhumb.yaml:5:14: 'set' must be a map or a list, not text"},
      {"set holds a map", environment("        set:\n          image: {tag: 1}\n"),
       "rhumb.yaml:6:18: 'set' takes no maps: write image.KEY, or use a values file"},
      {"set with an equals sign in a key", environment("        set: {'a=b': 1}\n"),
       "rhumb.yaml:5:15: 'a=b' is no key for 'set'"},
      {"set with a list of maps", environment("        set: {a: [{b: 1}]}\n"),
       "rhumb.yaml:5:19: a list in 'set' holds texts and numbers only, not a map"},
      {"set with an empty list", environment("        set: {a: []}\n"),
       "rhumb.yaml:5:18: 'set' can make no empty list: use a values file"},
      {"set with an index that is too great", environment("        set: {'a[99999999]': 1}\n"),
       "rhumb.yaml:5:15: 'set': index of 99999999 is greater than maximum supported index of 65536"},
      {"setString with nothing", environment("        setString: {a: }\n"),
       "rhumb.yaml:5:22: 'setString' holds texts only, not nothing"},
      {"rules is a list", "rules: [plaintext-secret]\n", "rhumb.yaml:1:8: 'rules' must be a map, not a list"},
      {"unknown rule", "rules:\n  plaintext-secrets: off\n",
       "rhumb.yaml:2:3: unknown rule 'plaintext-secrets'; did you mean 'plaintext-secret'?"},
      {"unknown rule, near none", "rules:\n  everything: off\n", "rhumb.yaml:2:3: unknown rule 'everything'"},
      {"unknown level", "rules:\n  plaintext-secret: warn\n",
       "rhumb.yaml:2:21: 'plaintext-secret' must be off, note, info, warning or error, not 'warn'; did you mean "
       "'warning'?"},
      {"unknown level in a map", "rules:\n  plaintext-secret: {level: critical}\n",
       "rhumb.yaml:2:29: 'level' must be off, note, info, warning or error, not 'critical'"},
      {"level is a list", "rules:\n  plaintext-secret: {level: [off]}\n",
       "rhumb.yaml:2:29: 'level' must be text, not a list"},
      {"a rule without a setting", "rules:\n  plaintext-secret:\n",
       "rhumb.yaml:2:19: 'plaintext-secret' must be a level (off, note, info, warning or error) or a map of level and "
       "parameters, not nothing"},
      {"a rule with a list", "rules:\n  plaintext-secret: [off]\n",
       "rhumb.yaml:2:21: 'plaintext-secret' must be a level (off, note, info, warning or error) or a map of level and "
       "parameters, not a list"},
      {"unknown parameter", "rules:\n  too-few-replicas:\n    minimun: 2\n",
       "rhumb.yaml:3:5: rule too-few-replicas has no parameter 'minimun'; did you mean 'minimum'?"},
      {"unknown parameter, near none", "rules:\n  resources-missing:\n    memory: 2\n",
       "rhumb.yaml:3:5: rule resources-missing has no parameter 'memory'; it has level, cpu-limit, probes"},
      {"parameter of a rule without any", "rules:\n  plaintext-secret:\n    entropy: 3\n",
       "rhumb.yaml:3:5: rule plaintext-secret has no parameter 'entropy'; it has level"},
      {"integer parameter is text", "rules:\n  too-few-replicas:\n    minimum: two\n",
       "rhumb.yaml:3:14: parameter 'minimum' of too-few-replicas must be an integer, not 'two'"},
      {"integer parameter in quotes", "rules:\n  too-few-replicas:\n    minimum: '2'\n",
       "rhumb.yaml:3:14: parameter 'minimum' of too-few-replicas must be an integer, not the text '2'"},
      {"integer parameter with a fraction", "rules:\n  too-few-replicas:\n    minimum: 2.5\n",
       "rhumb.yaml:3:14: parameter 'minimum' of too-few-replicas must be an integer, not '2.5'"},
      {"integer parameter out of range", "rules:\n  too-few-replicas:\n    minimum: 99999999999999999999\n",
       "rhumb.yaml:3:14: parameter 'minimum' of too-few-replicas must be an integer, not '99999999999999999999'"},
      {"boolean parameter is yes", "rules:\n  too-few-replicas:\n    count-daemons: yes\n",
       "rhumb.yaml:3:20: parameter 'count-daemons' of too-few-replicas must be true or false, not 'yes'"},
      {"text parameter is a list", "rules:\n  too-few-replicas:\n    message: [a]\n",
       "rhumb.yaml:3:14: parameter 'message' of too-few-replicas must be text, not a list"},
      {"list parameter is text", "rules:\n  too-few-replicas:\n    kinds: Deployment\n",
       "rhumb.yaml:3:12: parameter 'kinds' of too-few-replicas must be a list, not 'Deployment'"},
      {"list parameter holds a list", "rules:\n  too-few-replicas:\n    kinds: [[Deployment]]\n",
       "rhumb.yaml:3:13: parameter 'kinds' of too-few-replicas must be a list of texts, not a list"},
      {"choice is unknown", "rules:\n  resources-missing:\n    cpu-limit: forbidden\n",
       "rhumb.yaml:3:16: parameter 'cpu-limit' of resources-missing must be require, ignore or forbid, not "
       "'forbidden'; did you mean 'forbid'?"},
      {"choice in a list is unknown", "rules:\n  resources-missing:\n    probes: [readyness]\n",
       "rhumb.yaml:3:14: parameter 'probes' of resources-missing must be a list of liveness or readiness, not "
       "'readyness'; did you mean 'readiness'?"},
      {"rules of an environment", environment("        rules: {to-few-replicas: off}\n"),
       "rhumb.yaml:5:17: unknown rule 'to-few-replicas'; did you mean 'too-few-replicas'?"},
      {"presets is text", "presets: default\n", "rhumb.yaml:1:10: 'presets' must be a list, not text"},
      {"unknown preset", "presets: [default, restrictd]\n",
       "rhumb.yaml:1:20: 'presets' must be default, production, restricted or all, not 'restrictd'; did you mean "
       "'restricted'?"},
      {"closedWorld is yes", "closedWorld: yes\n", "rhumb.yaml:1:14: 'closedWorld' must be true or false, not 'yes'"},
      {"closedWorld in quotes", "closedWorld: 'true'\n",
       "rhumb.yaml:1:14: 'closedWorld' must be true or false, not the text 'true'"},
      {"productionTiers is unknown", "productionTiers: [production, live]\n",
       "rhumb.yaml:1:31: 'productionTiers' must be development, staging or production, not 'live'"},
      {"version is 2", "version: 2\n", "rhumb.yaml:1:10: 'version' must be 1, not '2': a newer rhumb may know it"},
      {"version is a list", "version: [1]\n", "rhumb.yaml:1:10: 'version' must be text, not a list"},
      {"baseline is empty", "baseline: ''\n", "rhumb.yaml:1:11: 'baseline' is empty"},
      {"exclude is a map", "exclude: {a: b}\n", "rhumb.yaml:1:10: 'exclude' must be a list, not a map"},
      {"ignores is a map", "ignores: {plaintext-secret: no}\n", "rhumb.yaml:1:10: 'ignores' must be a list, not a map"},
      {"an ignore is text", "ignores: [plaintext-secret]\n", "rhumb.yaml:1:11: an ignore must be a map, not text"},
      {"an ignore without a reason", "ignores:\n  - rule: plaintext-secret\n", "rhumb.yaml:2:5: 'reason' is missing"},
      {"an ignore with an empty reason", "ignores:\n  - rule: plaintext-secret\n    reason: ''\n",
       "rhumb.yaml:3:13: 'reason' is empty"},
      {"an ignore with a blank reason", "ignores:\n  - rule: plaintext-secret\n    reason: '  '\n",
       "rhumb.yaml:3:13: 'reason' is empty"},
      {"an ignore of everything", "ignores:\n  - reason: because\n",
       "rhumb.yaml:2:5: an ignore must name a rule, an object, a path or an environment"},
      {"an ignore of an unknown rule", "ignores:\n  - rule: plain-text-secret\n    reason: test\n",
       "rhumb.yaml:2:11: unknown rule 'plain-text-secret'; did you mean 'plaintext-secret'?"},
      {"an ignore of a pattern of no rule", "ignores:\n  - rule: kyverno-*\n    reason: test\n",
       "rhumb.yaml:2:11: 'kyverno-*' is the name of no rule"},
      {"an ignore of an object without a name", "ignores:\n  - object: Deployment\n    reason: test\n",
       "rhumb.yaml:2:13: 'object' must be a kind and a name, as in Deployment/web, not 'Deployment'"},
      {"an ignore with a date in words",
       "ignores:\n  - rule: plaintext-secret\n    reason: test\n    expires: tomorrow\n",
       "rhumb.yaml:4:14: 'expires' must be a date, as in 2026-12-31, not 'tomorrow'"},
      {"an ignore with a day that is not",
       "ignores:\n  - rule: plaintext-secret\n    reason: test\n    expires: 2026-02-29\n",
       "rhumb.yaml:4:14: 'expires' must be a date, as in 2026-12-31, not '2026-02-29'"},
      {"an ignore with a month that is not",
       "ignores:\n  - rule: plaintext-secret\n    reason: test\n    expires: 2026-13-01\n",
       "rhumb.yaml:4:14: 'expires' must be a date, as in 2026-12-31, not '2026-13-01'"},
      {"an ignore with a time",
       "ignores:\n  - rule: plaintext-secret\n    reason: test\n    expires: 2026-12-31T00:00:00Z\n",
       "rhumb.yaml:4:14: 'expires' must be a date, as in 2026-12-31, not '2026-12-31T00:00:00Z'"},
      {"an ignore of an environment that the chart lacks",
       "charts:\n  charts/tms:\n    environments: {staging: {}}\n    ignores:\n      - environment: stagin\n        "
       "reason: test\n",
       "rhumb.yaml:5:9: the chart has no environment 'stagin'; did you mean 'staging'?"},
      {"several errors, by place",
       "rules:\n  plaintext-secrets: off\nversion: 3\nclosedWorld: 7\ncharts:\n  - charts/tms\n  - charts/missing\n",
       "rhumb.yaml:2:3: unknown rule 'plaintext-secrets'; did you mean 'plaintext-secret'?\nrhumb.yaml:3:10: 'version' "
       "must be 1, not '3': a newer rhumb may know it\nrhumb.yaml:4:14: 'closedWorld' must be true or false, not "
       "'7'\nrhumb.yaml:7:5: the chart 'charts/missing' does not exist"},
      {"twenty errors at most",
       repeated("", 0) +
           [] {
             std::string all;
             for (int i = 0; i < 25; ++i) all += "k" + std::to_string(i) + ": 1\n";
             return all;
           }(),
       "rhumb.yaml:1:1: unknown key 'k0'; known here: version, presets, rules, ignores, productionTiers, closedWorld, "
       "baseline, exclude, defaults, charts\nrhumb.yaml:2:1: unknown key 'k1'; known here: version, presets, rules, "
       "ignores, productionTiers, closedWorld, baseline, exclude, defaults, charts\nrhumb.yaml:3:1: unknown key 'k2'; "
       "known here: version, presets, rules, ignores, productionTiers, closedWorld, baseline, exclude, defaults, "
       "charts\nrhumb.yaml:4:1: unknown key 'k3'; known here: version, presets, rules, ignores, productionTiers, "
       "closedWorld, baseline, exclude, defaults, charts\nrhumb.yaml:5:1: unknown key 'k4'; known here: version, "
       "presets, rules, ignores, productionTiers, closedWorld, baseline, exclude, defaults, charts\nrhumb.yaml:6:1: "
       "unknown key 'k5'; known here: version, presets, rules, ignores, productionTiers, closedWorld, baseline, "
       "exclude, defaults, charts\nrhumb.yaml:7:1: unknown key 'k6'; known here: version, presets, rules, ignores, "
       "productionTiers, closedWorld, baseline, exclude, defaults, charts\nrhumb.yaml:8:1: unknown key 'k7'; known "
       "here: version, presets, rules, ignores, productionTiers, closedWorld, baseline, exclude, defaults, "
       "charts\nrhumb.yaml:9:1: unknown key 'k8'; known here: version, presets, rules, ignores, productionTiers, "
       "closedWorld, baseline, exclude, defaults, charts\nrhumb.yaml:10:1: unknown key 'k9'; known here: version, "
       "presets, rules, ignores, productionTiers, closedWorld, baseline, exclude, defaults, charts\nrhumb.yaml:11:1: "
       "unknown key 'k10'; known here: version, presets, rules, ignores, productionTiers, closedWorld, baseline, "
       "exclude, defaults, charts\nrhumb.yaml:12:1: unknown key 'k11'; known here: version, presets, rules, ignores, "
       "productionTiers, closedWorld, baseline, exclude, defaults, charts\nrhumb.yaml:13:1: unknown key 'k12'; known "
       "here: version, presets, rules, ignores, productionTiers, closedWorld, baseline, exclude, defaults, "
       "charts\nrhumb.yaml:14:1: unknown key 'k13'; known here: version, presets, rules, ignores, productionTiers, "
       "closedWorld, baseline, exclude, defaults, charts\nrhumb.yaml:15:1: unknown key 'k14'; known here: version, "
       "presets, rules, ignores, productionTiers, closedWorld, baseline, exclude, defaults, charts\nrhumb.yaml:16:1: "
       "unknown key 'k15'; known here: version, presets, rules, ignores, productionTiers, closedWorld, baseline, "
       "exclude, defaults, charts\nrhumb.yaml:17:1: unknown key 'k16'; known here: version, presets, rules, ignores, "
       "productionTiers, closedWorld, baseline, exclude, defaults, charts\nrhumb.yaml:18:1: unknown key 'k17'; known "
       "here: version, presets, rules, ignores, productionTiers, closedWorld, baseline, exclude, defaults, "
       "charts\nrhumb.yaml:19:1: unknown key 'k18'; known here: version, presets, rules, ignores, productionTiers, "
       "closedWorld, baseline, exclude, defaults, charts\nrhumb.yaml:20:1: unknown key 'k19'; known here: version, "
       "presets, rules, ignores, productionTiers, closedWorld, baseline, exclude, defaults, charts\nand 5 more"},
      {"no YAML: a bracket that stays open", "charts: [charts/tms\nversion: 1\n",
       "rhumb.yaml:2:8: this is not YAML: end of sequence flow not found"},
      {"no YAML: a map within a value", "version: 1\nbaseline: a: b\n",
       "rhumb.yaml:2:12: this is not YAML: illegal map value"},
      {"no YAML: indentation", "rules:\n    a: off\n  b: off\n",
       "rhumb.yaml:3:3: this is not YAML: end of map not found"},
      {"no YAML: a tab", "rules:\n\ta: off\n", "rhumb.yaml:2:3: this is not YAML: illegal map value"},
      {"no YAML: an alias of nothing", "baseline: *none\n",
       "rhumb.yaml:1:11: this is not YAML: the referenced anchor is not defined"},
      {"no YAML: quotes that stay open", "version: 1\nbaseline: \"a\n",
       "rhumb.yaml:3:1: this is not YAML: found unexpected end of stream"},
      {"an alias of itself", "charts: &a\n  - *a\n", "rhumb.yaml:2:5: an alias within what it stands for"},
      {"a second document", "version: 1\n---\nversion: 1\n", "rhumb.yaml:2:1: a second document: rhumb.yaml is one"},
      {"a key that is a list", "? [a, b]\n: 1\n", "rhumb.yaml:1:3: a key must be text, not a list"},
      {"a tag", "baseline: !vault secret\n", "rhumb.yaml:1:11: tags have no meaning here"},
      {"a tag on a list", "charts: !!set [a]\n", "rhumb.yaml:1:9: tags have no meaning here"},
      {"a NUL", std::string("version: 1\n\0", 12), "rhumb.yaml:2:1: the control character U+0000"},
      {"an escaped NUL", "baseline: \"a\\0b\"\n", "rhumb.yaml:1:11: a text that is not UTF-8, or holds a NUL"},
      {"the control character that yaml-cpp ends at", "version: 1\n# \004\nnonsense\n",
       "rhumb.yaml:2:3: the control character U+0004"},
      {"a line break of some readers", "baseline: a\xE2\x80\xA8\n",
       "rhumb.yaml:1:12: U+2028, which is a line break to some readers of YAML and not to others: write \\u2028 "
       "between double quotes"},
      {"another", "baseline: 'a\xC2\x85'\n",
       "rhumb.yaml:1:13: U+0085, which is a line break to some readers of YAML and not to others: write \\u0085 "
       "between double quotes"},
      {"a byte that is not UTF-8", "version: 1\n# \xFF\n", "rhumb.yaml:2:3: a byte that is not UTF-8"},
      {"UTF-16", std::string("\xFF\xFEv\0", 4), "rhumb.yaml:1:1: a byte that is not UTF-8"},
      {"too deep, flow", "charts: " + repeated("[", 100000), "rhumb.yaml:1:25: nested more than 32 levels deep"},
      {"too deep, block", repeated("- ", 100000) + "a\n", "rhumb.yaml:1:65: nested more than 32 levels deep"},
      {"too deep, keys", repeated("? ", 100000), "rhumb.yaml:1:65: nested more than 32 levels deep"},
      {"aliases that multiply",
       "version: &a [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]\nbaseline: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a, *a]\n"
       "rules: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b, *b]\ncharts: &d [*c, *c, *c, *c, *c, *c, *c, *c, *c, *c]\n"
       "exclude: &e [*d, *d, *d, *d, *d, *d, *d, *d, *d, *d]\npresets: [*e, *e, *e, *e, *e, *e, *e, *e, *e, *e]\n",
       "rhumb.yaml:6:15: more than 200000 entries, aliases followed"},
      {"defaults that multiply",
       "defaults: {apiVersions: [" + repeated("a,", 2000) + "a]}\ncharts: {charts/tms: {environments: {" +
           [] {
             std::string all;
             for (int i = 0; i < 1000; ++i) all += "e" + std::to_string(i) + ": ,";
             return all;
           }() +
           "z: }}}\n",
       "rhumb.yaml:2:1664: what the charts and environments have in common comes to too much, taken once for each of "
       "them"},
      {"a byte order mark and a place",
       "\xEF\xBB\xBF"
       "versions: 1\n",
       "rhumb.yaml:1:1: unknown key 'versions'; did you mean 'version'?"},
      {"carriage returns and a place", "version: 1\r\nbaselines: a\r\n",
       "rhumb.yaml:2:1: unknown key 'baselines'; did you mean 'baseline'?"},
      {"a place behind letters of several bytes", "charts: {äöü: {}, charts/tms: 1}\n",
       "rhumb.yaml:1:10: the chart 'äöü' does not exist\nrhumb.yaml:1:34: a chart must be a map, not text"},
  };
  return table;
}

std::string message_of(const std::string& text) {
  MemoryFileSystem files;
  test::add_charts(files);
  files.add("rhumb.yaml", text);
  Sources sources;
  const auto project = project::read_project("rhumb.yaml", files, sources, test::catalogue());
  return project ? "no error" : project.error().message;
}

TEST(ProjectErrors, AreWordedAndPlaced) {
  for (const ErrorRow& row : rows()) {
    EXPECT_EQ(message_of(row.text), row.message) << row.name;
  }
}

TEST(ProjectErrors, OfFiles) {
  MemoryFileSystem files;
  Sources sources;
  const auto missing = project::read_project("sub/rhumb.yaml", files, sources, test::catalogue());
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().message, "open sub/rhumb.yaml: no such file or directory");
  files.add("huge/rhumb.yaml", repeated("# comment\n", 110000));
  const auto huge = project::read_project("huge/rhumb.yaml", files, sources, test::catalogue());
  ASSERT_FALSE(huge);
  EXPECT_EQ(huge.error().message, "huge/rhumb.yaml: more than 1048576 bytes");
}

TEST(ProjectErrors, SpanIsThatOfTheFirst) {
  MemoryFileSystem files;
  files.add("rhumb.yaml", "one: 1\ntwo: 2\n");
  Sources sources;
  const auto project = project::read_project("rhumb.yaml", files, sources, test::catalogue());
  ASSERT_FALSE(project);
  EXPECT_EQ(project.error().span, (Span{1, 0, 3}));
}

}  // namespace
}  // namespace rhumb

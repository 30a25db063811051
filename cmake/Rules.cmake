# The registry of rules, made from the files in src/lint/rules: one row per file, so that a rule that is written is a
# rule that runs. A file `too-few-replicas.cpp` holds `extern const Rule rule{...}` in the namespace rhumb::lint::too_few_replicas.
function(rhumb_rule_registry output)
  set(declarations "")
  set(rows "")
  foreach(file ${ARGN})
    get_filename_component(name ${file} NAME_WE)
    string(REPLACE "-" "_" identifier ${name})
    string(APPEND declarations "namespace ${identifier} { extern const Rule rule; }\n")
    string(APPEND rows "    &${identifier}::rule,\n")
  endforeach()
  file(CONFIGURE OUTPUT ${output} CONTENT "// Made by cmake/Rules.cmake from the files in src/lint/rules.
#include \"rhumb/lint/rule.h\"

namespace rhumb::lint {
${declarations}
extern const Rule* const all_rules[];
extern const std::size_t rule_count;
const Rule* const all_rules[] = {
${rows}};
const std::size_t rule_count = sizeof all_rules / sizeof all_rules[0];

}  // namespace rhumb::lint
" @ONLY)
endfunction()

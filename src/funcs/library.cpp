#include "rhumb/funcs/library.h"

#include <array>

#include "funcs/families.h"
#include "rhumb/gotmpl/builtins.h"

namespace rhumb::funcs {
namespace {

using gotmpl::Library;

// In Helm 4 only.
constexpr std::array<std::string_view, 13> helm4_names{
    "mustToYaml",           "mustToToml",          "mustToDuration",    "durationSeconds", "durationMilliseconds",
    "durationMicroseconds", "durationNanoseconds", "durationMinutes",   "durationHours",   "durationDays",
    "durationWeeks",        "durationRoundTo",     "durationTruncateTo"};

// In Helm and not in sprig.
constexpr std::array<std::string_view, 11> helm_names{"include",       "tpl",          "required", "lookup",
                                                      "toYaml",        "toYamlPretty", "fromYaml", "fromYamlArray",
                                                      "fromJsonArray", "toToml",       "fromToml"};

void add_families(Library& library) {
  library.add(gotmpl::builtin_functions);
  for (const auto* family : {&base_encoding_functions,
                             &certificate_functions,
                             &date_functions,
                             &dict_copy_functions,
                             &dict_functions,
                             &digest_functions,
                             &duration_functions,
                             &flow_functions,
                             &helm_functions,
                             &list_functions,
                             &math_functions,
                             &math_sequence_functions,
                             &merge_functions,
                             &password_functions,
                             &path_functions,
                             &random_text_functions,
                             &regex_functions,
                             &semver_functions,
                             &serialization_functions,
                             &string_functions,
                             &string_list_functions,
                             &text_case_functions,
                             &toml_functions,
                             &type_functions,
                             &url_functions}) {
    library.add(*family);
  }
  for (const auto* family : {&duration_methods, &object_methods, &semver_methods, &time_methods}) library.add(*family);
}

Library make_library(bool helm3) {
  Library library;
  add_families(library);
  if (helm3) {
    for (const std::string_view name : helm4_names) library.remove(name);
  }
  return library;
}

Library make_sprig_library() {
  Library library = make_library(true);
  for (const std::string_view name : helm_names) library.remove(name);
  library.add(environment_functions);
  return library;
}

}  // namespace

const Library& library(bool helm3) {
  if (helm3) {
    static const Library of_helm3 = make_library(true);
    return of_helm3;
  }
  static const Library of_helm4 = make_library(false);
  return of_helm4;
}

const Library& sprig_library() {
  static const Library of_sprig = make_sprig_library();
  return of_sprig;
}

}  // namespace rhumb::funcs

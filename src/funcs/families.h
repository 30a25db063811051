// The tables of this module, one line per table; library.cpp joins them.
#pragma once

#include <span>

#include "rhumb/gotmpl/function_table.h"

namespace rhumb::funcs {

extern const std::span<const gotmpl::Function> base_encoding_functions;
extern const std::span<const gotmpl::Function> random_text_functions;
extern const std::span<const gotmpl::Function> regex_functions;
extern const std::span<const gotmpl::Function> serialization_functions;
extern const std::span<const gotmpl::Function> string_functions;
extern const std::span<const gotmpl::Function> string_list_functions;
extern const std::span<const gotmpl::Function> text_case_functions;
extern const std::span<const gotmpl::Function> certificate_functions;
extern const std::span<const gotmpl::Function> date_functions;
extern const std::span<const gotmpl::Function> dict_copy_functions;
extern const std::span<const gotmpl::Function> dict_functions;
extern const std::span<const gotmpl::Function> digest_functions;
extern const std::span<const gotmpl::Function> duration_functions;
extern const std::span<const gotmpl::Function> environment_functions;
extern const std::span<const gotmpl::Function> flow_functions;
extern const std::span<const gotmpl::Function> helm_functions;
extern const std::span<const gotmpl::Function> list_functions;
extern const std::span<const gotmpl::Function> math_functions;
extern const std::span<const gotmpl::Function> math_sequence_functions;
extern const std::span<const gotmpl::Function> merge_functions;
extern const std::span<const gotmpl::Function> password_functions;
extern const std::span<const gotmpl::Function> path_functions;
extern const std::span<const gotmpl::Function> semver_functions;
extern const std::span<const gotmpl::Function> toml_functions;
extern const std::span<const gotmpl::Function> type_functions;
extern const std::span<const gotmpl::Function> url_functions;
extern const std::span<const gotmpl::Method> duration_methods;
extern const std::span<const gotmpl::Method> object_methods;
extern const std::span<const gotmpl::Method> semver_methods;
extern const std::span<const gotmpl::Method> time_methods;

}  // namespace rhumb::funcs

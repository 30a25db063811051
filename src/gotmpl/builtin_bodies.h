// Bodies of the builtins. They get values as templates have them (Type::reflect_value): a value of Type::interface is
// an interface that holds nothing.
#pragma once

#include "rhumb/gotmpl/function_table.h"

namespace rhumb::gotmpl {

/// and, or and call are the executor's own business (calls.cpp): it knows them by these bodies, and never calls them.
Value and_body(CallContext& context, Args args);
Value or_body(CallContext& context, Args args);
Value call_body(CallContext& context, Args args);
Value index_body(CallContext& context, Args args);
/// The same without indexes.
Value index_alone_body(CallContext& context, Args args);
/// Its indexes are looked at by the executor first.
Value slice_body(CallContext& context, Args args);

// comparison.cpp
Value eq_body(CallContext& context, Args args);
Value ne_body(CallContext& context, Args args);
Value lt_body(CallContext& context, Args args);
Value le_body(CallContext& context, Args args);
Value gt_body(CallContext& context, Args args);
Value ge_body(CallContext& context, Args args);

// escaping.cpp
Value html_body(CallContext& context, Args args);
Value js_body(CallContext& context, Args args);
Value urlquery_body(CallContext& context, Args args);

/// No value, and an interface that holds nothing.
inline bool is_nothing(const Value& value) { return value.rep() == Rep::nothing; }

}  // namespace rhumb::gotmpl

// The grammar of the annotations of the AWS Load Balancer Controller that stand for themselves.
#pragma once

#include <string>
#include <string_view>

namespace rhumb::lint {

/// What is wrong with the value of the annotation of that name, behind the prefix; empty for nothing, and for names
/// without a grammar. listen-ports, ssl-redirect and the JSON of actions are looked at elsewhere.
std::string alb_value_fault(std::string_view name, std::string_view value);

}  // namespace rhumb::lint

// --name-template: a release name from a template with sprig's functions alone, the environment included.
#pragma once

#include <string>
#include <string_view>

#include "rhumb/base/result.h"
#include "rhumb/render/render.h"

namespace rhumb::render {

/// As action.TemplateName, helm 4.3.1. Errors are Go's: "template: name-template:1: ...".
Result<std::string> execute_name_template(std::string_view text, const World& world);

}  // namespace rhumb::render

#include "rhumb/render/name_template.h"

#include "rhumb/funcs/library.h"
#include "rhumb/gotmpl/execute.h"
#include "rhumb/gotmpl/parser.h"

namespace rhumb::render {

Result<std::string> execute_name_template(std::string_view text, const World& world) {
  constexpr std::string_view name = "name-template";
  const gotmpl::Library& library = funcs::sprig_library();
  const auto file = gotmpl::parse_text(std::string(text), name, library);
  if (!file) return file.error();
  Heap heap({.limit_bytes = world.limits.memory_bytes, .text_limit_bytes = world.limits.output_bytes});
  gotmpl::CallContext context{heap, world.host, world.limits};
  context.enable_dns = true;
  context.log = &world.log;
  gotmpl::Executor executor(library, context);
  gotmpl::TemplateSet set{std::string(name)};
  set.add(**file);
  TracedText out;
  if (const auto failed = executor.execute(set, name, Value(), out)) return error(failed->text, failed->span);
  return std::move(out.text);
}

}  // namespace rhumb::render

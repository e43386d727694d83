using Markdig;
using Markdig.Extensions.TaskLists;
using Markdig.Renderers;
using Markdig.Renderers.Html;

namespace Forum.Rendering.Extensions;

/// <summary>Tasks of a list as signs instead of form controls: nothing to click, and read out by every screen reader.</summary>
internal sealed class TaskMarks : IMarkdownExtension
{
    public void Setup(MarkdownPipelineBuilder pipeline)
    {
    }

    public void Setup(MarkdownPipeline pipeline, IMarkdownRenderer renderer)
    {
        if (renderer is HtmlRenderer html)
            html.ObjectRenderers.ReplaceOrAdd<HtmlTaskListRenderer>(new Marks());
    }

    private sealed class Marks : HtmlObjectRenderer<TaskList>
    {
        protected override void Write(HtmlRenderer renderer, TaskList obj) => renderer.Write(obj.Checked ? '☑' : '☐');
    }
}

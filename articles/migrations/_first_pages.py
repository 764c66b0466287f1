"""The pages a new site begins with; their editors make them their own."""

ABOUT = """<p>这里收集的是在报纸、刊物和网站上发表过的中文文章。一篇文章被转载一次，就可能少掉一个名字、一个日期或一句话；辗转几次，读的人已经说不清它是谁写的、最早登在哪里。我们把每一篇追到它最初出现的地方，改正传抄中的差错，按主题排好，供人阅读、核对和引用。</p>
<h2>这里的文章有什么不同</h2>
<ul>
<li>每篇文章有一个不变的编号和网址；改动过的每一版都留着，随时可以再读。</li>
<li>每篇文章写明最初的来源、依据的传本，以及我们改了什么、为什么改。</li>
<li>简体、繁体由同一份文字显示，转换得来的会注明。</li>
</ul>
<h2>谁在做</h2>
<p>编辑部负责收集、核对和编排。主办者、联系方式和备案号写在每一页的页脚。</p>"""

ABOUT_EN = """<p>This library gathers Chinese articles that appeared in newspapers, journals and on websites. Each time an article is copied it may lose a name, a date or a sentence, and after a few copies nobody can say who wrote it or where it first stood. We trace every text to where it first appeared, repair what copying did to it, and arrange it by theme, so that it can be read, checked and cited.</p>
<h2>What is different here</h2>
<ul>
<li>Every article keeps its number and its address, and every edition of it stays readable.</li>
<li>Every article names its first source, the copies our text rests on, and what we changed and why.</li>
<li>Simplified and Traditional pages show the same text; where characters were converted, the page says so.</li>
</ul>
<h2>Who makes it</h2>
<p>Editors collect, check and arrange. Who keeps the site, and how to reach them, stands at the foot of every page.</p>"""

HELP = """<h2>怎样找文章</h2>
<p>首页有最新发表的文章和全部主题。最上一层的主题就是本站的频道；每个主题先有一段导言，再按编辑排定的次序列出文章，并说明为什么放在这里。也可以从作者、来源、标签或年份找起。</p>
<h2>怎样看来源和版次</h2>
<p>正文之后的“来源与版次”写着：文章最初登在哪里、什么时候；我们的文字依据哪几个传本；核对到什么程度；各类改动各有多少处。列出的每一版都有自己的固定网址，引用时请用写明版次的那一个。</p>
<h2>怎样看修复</h2>
<p>抄写和转换常常弄错标点、混用繁简、替换字形，或者丢掉一段。能确定的，我们改正并计数；不能确定的，我们照原样留着，列为疑点。没有哪一处是悄悄改掉的。</p>
<h2>发现错误怎么办</h2>
<p>请告诉我们。每篇文章都可以指出错处，写下您认为正确的文字和依据；处理的结果在读者来信的台账里公开。</p>"""

HELP_EN = """<h2>Finding articles</h2>
<p>The home page shows the latest articles and all themes. The themes at the top of the tree are the channels of this site; each theme has an introduction and then its articles, in the order its editors chose and with their reasons. Authors, sources, tags and years lead to articles too.</p>
<h2>Reading sources and editions</h2>
<p>Below each text, “Source and editions” says where and when the article first appeared, which copies our text rests on, how far it was checked, and how many changes of each kind were made. Every edition listed there has an address of its own that never changes: cite that one.</p>
<h2>Reading repairs</h2>
<p>Copying and conversion spoil punctuation, mix scripts, swap characters and lose passages. What is certain we mend and count; what is not we leave as it stands and list as an open question. Nothing is changed in silence.</p>
<h2>When you find an error</h2>
<p>Please tell us. Under every article you can point out a passage, say what it should be and why; what came of it is shown in the public list of readers’ letters.</p>"""

ACCESSIBILITY = """<p>本站希望人人都能使用，以《网页内容无障碍指南》（WCAG）2.2 的 AA 级为准。</p>
<h2>已经做到的</h2>
<ul>
<li>所有页面只用键盘就能浏览，焦点看得见，每页开头可以直接跳到正文。</li>
<li>不开脚本也能阅读全部内容；文字放大到两倍、屏幕窄到 320 像素，都不用左右滚动。</li>
<li>浅色、深色两种外观的文字对比度都达到要求，标题、列表和表格都按各自的结构标记，语言和字体也有标记。</li>
<li>自动检查和人工检查随每次改动进行。</li>
</ul>
<h2>还没有做到的</h2>
<ul>
<li>从旧网页收来的图片，有些还没有文字说明。</li>
<li>有的宽表格在窄屏上要在表格之内左右滚动。</li>
<li>繁体页面由程序转换，个别字可能不妥，会影响朗读。</li>
<li>我们还没有请使用读屏软件的读者系统地试用过。</li>
</ul>
<h2>遇到困难</h2>
<p>请用页脚的联系方式告诉我们您在哪一页、用什么设备、遇到了什么，我们会尽快改正，并先用别的方式把内容提供给您。</p>"""

ACCESSIBILITY_EN = """<p>This site is meant for everybody. It aims at level AA of the Web Content Accessibility Guidelines (WCAG) 2.2.</p>
<h2>What works</h2>
<ul>
<li>Every page can be used by keyboard alone, shows where the focus is, and begins with a way straight to its content.</li>
<li>Everything can be read without script, at twice the text size, and on a screen 320 pixels wide without scrolling sideways.</li>
<li>Text has the required contrast in the light and the dark look; headings, lists, tables and languages are marked as what they are.</li>
<li>Automatic and manual checks go with every change.</li>
</ul>
<h2>What does not yet</h2>
<ul>
<li>Some pictures taken over from old pages have no description.</li>
<li>Some wide tables scroll sideways within their own frame on a narrow screen.</li>
<li>Pages in Traditional characters are converted by program; a wrong character may be read out wrongly.</li>
<li>We have not yet had the site tried throughout by readers who use screen readers.</li>
</ul>
<h2>If you are held up</h2>
<p>Please write to the address at the foot of the page: which page, which device, what happened. We mend it as soon as we can, and give you the content in another way meanwhile.</p>"""

PAGES = (
    ("about", "关于本站", "About", ABOUT, ABOUT_EN),
    ("help", "使用说明", "Help", HELP, HELP_EN),
    ("accessibility", "无障碍说明", "Accessibility", ACCESSIBILITY, ACCESSIBILITY_EN),
)

"""A body that holds every element and attribute of the schema, and the strategies that make tag soup."""

from hypothesis import strategies as st

EVERYTHING = """\
<h2>預算公開</h2>
<p>議事會把<strong>預算</strong>貼在村口，<em>每一筆</em>都寫明用處。<sup>[1]</sup></p>
<p>水 H<sub>2</sub>O 與 <a href="https://example.org/?year=2020&amp;page=2">公告<sup>[2]</sup></a>。</p>
<p>請<a href="mailto:office@example.org"><strong><em>來信</em></strong></a>。</p>
<p>第一行<br>第二行，<strong>加粗<br>跨行</strong>。</p>
<h3>村民怎麼看 &amp; 怎麼問</h3>
<blockquote>
<p>錢花在哪裡，說清楚。</p>
<p>第二段引文：1 &lt; 2。</p>
</blockquote>
<h4>清單</h4>
<ul>
<li>修路</li>
<li>
<p>打井，兩口。</p>
<p>每口都有<em>驗收單</em>。</p>
</li>
</ul>
<ol>
<li>公示</li>
<li>表決</li>
</ol>
<ol start="3">
<li>審計</li>
</ol>
<p>表一 收支</p>
<table>
<tbody>
<tr>
<th scope="col">項目</th>
<th scope="col">金額</th>
<th>備註</th>
</tr>
<tr>
<th rowspan="2" scope="row">道路</th>
<td>三萬</td>
<td>上半年<br>下半年</td>
</tr>
<tr>
<td colspan="2">合計<strong>三萬</strong></td>
</tr>
<tr>
<td></td>
<td>一</td>
<td rowspan="2">二</td>
</tr>
<tr>
<td>三</td>
<td>四</td>
</tr>
</tbody>
</table>
<figure>
<img src="/media/pictures/well.png" alt="村口的「井」" width="640" height="480">
<figcaption>井<em>已</em>修好。</figcaption>
</figure>
<figure>
<img src="/media/pictures/road.png" alt="">
</figure>
<figure>
<img src="/media/pictures/bridge.png" width="640" height="480">
<figcaption>橋還沒有人說過。</figcaption>
</figure>
<p>最後一段。</p>"""

NAMES = (
    "p h1 h2 h3 h5 div section span font blockquote ul ol li dl dt dd table caption thead tbody tr td th figure img "
    "figcaption a b strong i em sub sup br pre code ruby rt rp hr script style svg title center u"
).split()
ATTRIBUTES = [
    "",
    ' class="x" id=y',
    ' style="color:red"',
    " href=http://example.org/a",
    ' href="javascript:alert(1)"',
    ' src="/media/a.png" alt="井"',
    ' src="http://example.org/a.png"',
    " colspan=3 rowspan=2",
    " start=4",
    ' onclick="alert(1)"',
    ' title="</div>"',
    " '",
]
TEXTS = [
    "預算",
    "　　公開",
    " ",
    "\n",
    "a b",
    "&lt;b&gt;",
    "&nbsp;",
    "<",
    "&",
    "，\n",
    "\x00",
    "<!-- x -->",
    "<!-->",
    "]]>",
    "\u2028",
]

start_tags = st.builds("<{}{}>".format, st.sampled_from(NAMES), st.sampled_from(ATTRIBUTES))
end_tags = st.builds("</{}>".format, st.sampled_from(NAMES))
texts = st.sampled_from(TEXTS) | st.text(max_size=6)
tag_soup = st.lists(start_tags | start_tags | end_tags | texts | texts, max_size=40).map("".join)

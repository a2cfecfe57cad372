# ruff: noqa: E501
"""A FAQ page as a web site serves it: navigation, cookie banner, accordion, table, JSON-LD."""

from __future__ import annotations

import html
import json
import sys
from pathlib import Path

from tests.manuals.make_manual_pdf import Made

QUESTIONS = [
    (
        "¿Cada cuánto tiempo hay que limpiar la máquina?",
        "La máquina se limpia y se desinfecta cada tres días. En verano recomendamos hacerlo cada dos días.",
    ),
    (
        "¿Qué mezcla puedo usar?",
        "Cualquier mezcla líquida con un contenido de azúcar entre 18 y 24 por ciento. Las mezclas con trozos de fruta obstruyen la boquilla.",
    ),
    (
        "¿Por qué sale el helado demasiado blando?",
        "Compruebe primero el filtro del condensador. Después suba el umbral de viscosidad un 5 %.",
    ),
    (
        "¿Cómo pido una pieza de repuesto?",
        "Envíe el número de serie y el número de la pieza a repuestos@tundrella.example. Enviamos en 48 horas.",
    ),
    (
        "¿Puedo dejar la máquina encendida por la noche?",
        "Sí. El modo nocturno mantiene la mezcla a 3 °C y gasta unos 4 kWh.",
    ),
]
WARRANTY = [("TD-22", "Península", "24 meses", "36 meses"), ("TD-22", "Canarias", "18 meses", "30 meses"),
            ("TD-48", "Península", "30 meses", "48 meses"), ("TD-48", "Canarias", "20 meses", "40 meses")]  # fmt: skip
COOKIES = "Usamos cookies para mejorar su experiencia"


def make_faq() -> Made:
    things = {"@context": "https://schema.org", "@type": "FAQPage", "mainEntity": [
        {"@type": "Question", "name": q, "acceptedAnswer": {"@type": "Answer", "text": a}} for q, a in QUESTIONS]}  # fmt: skip
    items = "".join(
        f'<div class="accordion-item"><button class="accordion-button" aria-expanded="false" aria-controls="a{n}">'
        f'<h3>{html.escape(q)}</h3><span class="icon">+</span></button><div id="a{n}" class="accordion-panel" hidden>'
        f"<p>{html.escape(a)}</p></div></div>"
        for n, (q, a) in enumerate(QUESTIONS)
    )
    rows = ""
    for n, (model, region, parts, cold) in enumerate(WARRANTY):
        first = f'<th rowspan="2" scope="rowgroup">{model}</th>' if n % 2 == 0 else ""
        rows += f"<tr>{first}<td>{region}</td><td>{parts}</td><td>{cold}</td></tr>\n"
    text = f"""<!DOCTYPE html>
<html lang="es"><head><meta charset="utf-8"><title>Preguntas frecuentes | Tundrella</title>
<script>window.dataLayer = window.dataLayer || [];</script><style>.accordion-panel{{display:none}}</style>
<script type="application/ld+json">{json.dumps(things, ensure_ascii=False)}</script></head><body>
<div id="cookie-banner" class="cookie-consent" role="dialog"><p>{COOKIES}.</p><button>Aceptar todo</button></div>
<header><nav><ul><li><a href="/">Inicio</a></li><li><a href="/productos">Productos</a></li><li><a href="/contacto">Contacto</a></li></ul></nav></header>
<ol class="breadcrumb"><li>Inicio</li><li>Ayuda</li></ol>
<main><h1>Preguntas frecuentes</h1><section class="accordion">{items}</section>
<h2>Garantía</h2><p>La garantía depende del modelo y de la región.</p>
<table><caption>Duración de la garantía</caption><thead><tr><th>Modelo</th><th>Región</th><th>Máquina</th><th>Compresor</th></tr></thead>
<tbody>{rows}</tbody></table></main>
<aside class="related"><h4>También le puede interesar</h4><a href="/x">Ofertas de verano</a></aside>
<footer><p>© 2026 Tundrella. Aviso legal. Política de privacidad.</p></footer></body></html>
"""
    return Made("faq.html", text.encode(), {}, 0)


if __name__ == "__main__":
    made = make_faq()
    Path(sys.argv[1] if len(sys.argv) > 1 else made.name).write_bytes(made.content)
